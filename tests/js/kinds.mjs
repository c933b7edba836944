// One text of each kind, long enough that every tier leaves something out. All of it is made here.

const times = (count, make) => Array.from({ length: count }, (_, i) => make(i))
const noise = (i) => ['rain', 'rope', 'tide', 'coal', 'salt', 'tar', 'sail'][(i * 5) % 7]

const steps = (gate, indent, end) =>
  times(
    14,
    (i) =>
      `${indent}${noise(i + gate)}${i * gate} = measure(${noise(i)}, ${i * 37 + gate}) + "${noise(i + 1)} }"${end}`,
  ).join('\n')

const subjects = ['the crane on the pier', 'the ferry timetable', 'the fish market', 'the harbour lamp']

export const kinds = {
  prose: times(40, (i) => {
    const subject = subjects[i % 4]
    return `Section ${i + 1} is about ${subject}. In ${1900 + i} it cost ${i * 37 + 12} crowns. The ${noise(i)} was bad that year, but nobody complained.`
  }).join('\n\n'),
  'code in Rust': times(
    6,
    (i) =>
      `/// Opens gate ${i}.\n///\n/// It takes a while.\npub fn openGate${i}(gate: &Gate<'_>, speed: u32) -> Result<(), Error> {\n    let mut ${noise(i)} = 0;\n${steps(i, '    let ', ';')}\n    Ok(())\n}\n`,
  ).join('\n'),
  'code in TypeScript': times(
    6,
    (i) =>
      `/** Opens gate ${i}. */\nexport async function openGate${i}(gate: Gate, { speed = 3 }: Options = {}): Promise<{ done: boolean }> {\n${steps(i, '  const ', '')}\n  return { done: true }\n}\n`,
  ).join('\n'),
  'code in Python': times(
    6,
    (i) =>
      `@gated\ndef openGate${i}(gate: Gate, speed: int = 3) -> bool:\n    """Opens gate ${i}.\n\n    It takes a while.\n    """\n${steps(i, '    ', '')}\n    return True\n\n`,
  ).join('\n'),
  'code in Go': `package gates\n\n${times(6, (i) => `// OpenGate${i} opens gate ${i} as openGate does.\nfunc OpenGate${i}(gate *Gate, speed int) error {\n${steps(i, '\t', '')}\n\treturn nil\n}\n`).join('\n')}`,
  log: times(300, (i) => {
    const time = `2026-01-02 03:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`
    return i === 170
      ? `${time} ERROR valve 9 is stuck: pressure ${i} bar`
      : `${time} INFO pump ${i % 7} runs at speed ${i * 3}`
  }).join('\n'),
  json: JSON.stringify(
    times(40, (i) => ({
      id: i,
      name: `berth ${i}`,
      free: i % 2 === 0,
      depth: 1.5 + i,
      note: i === 23 ? 'failed at noon' : noise(i),
    })),
    null,
    2,
  ),
  diff: times(
    4,
    (i) =>
      `diff --git a/gate${i}.rs b/gate${i}.rs\n--- a/gate${i}.rs\n+++ b/gate${i}.rs\n@@ -1,9 +1,9 @@ fn open()\n${times(6, (n) => ` let ${noise(n)} = ${n * i};`).join('\n')}\n-let speed = ${i};\n+let speed = ${i + 9};\n`,
  ).join(''),
  trace: `Traceback (most recent call last):\n${times(12, (i) => `  File "/srv/gate/${i < 9 ? 'site-packages/' : ''}step${i}.py", line ${i * 7}, in open\n    turn(${noise(i)})`).join('\n')}\nStuckError: valve 9 failed at noon\n`,
  html: `<html><head><title>Gates</title><script>let a = 1; track(a)</script></head><body>\n<nav><ul>\n${times(20, (i) => `<li class="menu item-${i}"><a href="/page/${i}">Page ${i}</a></li>`).join('\n')}\n</ul></nav>\n${times(12, (i) => `<h2>Gate ${i}</h2>\n<p class="lead text">The ${noise(i)} at gate ${i} was measured at <b>${i * 9}</b> o'clock by the keeper.</p>`).join('\n')}\n</body></html>\n`,
  table: `| id | name | depth |\n|---|---|---|\n${times(60, (i) => `| ${i} | berth ${noise(i)} | ${i * 1.5} |`).join('\n')}\n`,
  conversation: times(60, (i) => {
    const name = ['Ann', 'Bob', 'Chandra'][i % 3]
    const subject = subjects[Math.floor(i / 15)]
    const said = [
      'Yeah.',
      `I think ${subject} needs new paint.`,
      `We decided that ${subject} is repaired in week ${i}.`,
      'Okay, right.',
    ]
    return `${name}: ${said[i % 4]} ${i % 5 === 0 ? `What does ${subject} cost?` : ''}`.trim()
  }).join('\n'),
}
