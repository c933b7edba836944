// Same input, same bytes: what the package makes of texts of many kinds and scripts, as one number, which has to be the
// same in every runtime.

const prose = {
  en: 'The harbour office keeps the tide table. Ships longer than ninety metres need a pilot. The crane was painted green.',
  es: 'La oficina del puerto guarda la tabla de mareas. Los barcos largos necesitan un práctico. La grúa es verde.',
  zh: '港务局保存潮汐表。长度超过九十米的船需要引航员。起重机在春天被漆成绿色。',
  th: 'สำนักงานท่าเรือเก็บตารางน้ำขึ้นน้ำลง เรือที่ยาวกว่าเก้าสิบเมตรต้องมีผู้นำร่อง',
  ar: 'يحتفظ مكتب الميناء بجدول المد والجزر. السفن التي يزيد طولها عن تسعين مترًا تحتاج إلى مرشد.',
}
const numbered = (count, line) => Array.from({ length: count }, (_, i) => line(i)).join('\n')
const sources = {
  prose: numbered(12, (i) => `${Object.values(prose).join(`\n\n${i}. `)}\n`),
  json: JSON.stringify(
    Array.from({ length: 40 }, (_, id) => ({
      id,
      ship: `Ship ${id % 7}`,
      length: 40 + ((id * 37) % 90),
      pilot: id % 3 === 0,
    })),
    null,
    2,
  ),
  log: numbered(
    60,
    (i) =>
      `2024-02-0${1 + (i % 9)} 10:${10 + (i % 50)}:00 ${i % 9 ? 'INFO' : 'ERROR'} gate ${i % 4}: ship ${i * 7} passed`,
  ),
  code: numbered(
    15,
    (i) =>
      `/** Length of ship ${i}. */\nexport function length${i}(ship) {\n  const it = ship.length\n  return it + ${i}\n}\n`,
  ),
  talk: numbered(
    30,
    (i) =>
      `${['Ada', 'Bo', 'Cy'][i % 3]}: ${i % 5 ? 'I think' : 'We decided that'} ship ${i} needs a pilot, ${i} metres long.`,
  ),
}
const asked = [
  {},
  { tier: 'complete', dense: true },
  { budget: 0.4 },
  { query: 'Which ships need a pilot?', budget: 0.25 },
  { query: '哪些船需要引航员？', tier: 'essential' },
]

/** Resolves to the sum over all outputs. */
export async function outputs(createTrimtab) {
  const trimtab = await createTrimtab({ encoding: 'o200k_base', store: 'memory' })
  let sum = 0x811c9dc5
  for (const source of [...Object.values(sources), Object.values(sources).join('\n\n')]) {
    for (const { budget, ...options } of asked) {
      const limit = budget && { budget: Math.ceil(trimtab.count(source) * budget) }
      const { text, tier, tokens } = await trimtab.optimize(source, { ...options, ...limit })
      sum = hashed(`${tier} ${tokens.before} ${tokens.after} ${text}`, sum)
    }
  }
  trimtab.dispose()
  return (sum >>> 0).toString(16).padStart(8, '0')
}

/** FNV-1a over code units, going on from `sum`. */
function hashed(text, sum) {
  let hash = sum
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}
