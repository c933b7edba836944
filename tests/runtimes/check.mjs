// What the package has to do in every runtime. The runner also makes CommonJS twins of this file and of what it imports.
import { outputs } from './outputs.mjs'

const source = [
  'The north gate of the harbour opens at six. Its keeper signs the log and checks the tide table every morning.',
  'The canteen serves soup on Mondays. On Tuesdays there is bread, and on Wednesdays there is usually fish.',
  'The crane was painted green in spring. Some of the workers had wanted blue, but green was what the shop had.',
  'Ships longer than ninety metres need a pilot. The pilot boards at the outer buoy, two hours before high water.',
  'The library of the port keeps old charts. A volunteer dusts them, and a child once drew a whale on one of them.',
].join('\n\n')

/** Uses what `trimtab` exports; resolves to a line of figures, or throws with what was wrong. */
export async function check({ createTrimtab, optimize, countTokens, estimate }) {
  equal(await countTokens('hello world'), 2, 'countTokens without a model')
  const ids = { o200k_base: [24912, 2375], cl100k_base: [15339, 1917] }
  for (const [encoding, expected] of Object.entries(ids)) {
    const trimtab = await createTrimtab({ encoding, store: 'memory' })
    equal([...trimtab.encode('hello world')].join(), expected.join(), `${encoding}: encode`)
    equal(trimtab.decode(Uint32Array.from(expected)), 'hello world', `${encoding}: decode`)
    equal(trimtab.count('naïve 東京 👩‍🚀'), [...trimtab.encode('naïve 東京 👩‍🚀')].length, `${encoding}: count`)
    trimtab.dispose()
  }
  const estimated = estimate(source)
  equal(estimated.exact, false, 'estimate: exact')
  const counted = await countTokens(source)
  if (Math.abs(estimated.tokens / counted - 1) > 0.2)
    throw new Error(`${estimated.tokens} estimated, ${counted} counted`)
  await ownTokenizer(createTrimtab)
  const unasked = await optimize(source)
  if (unasked.tokens.after > unasked.tokens.before) throw new Error('optimize made the text longer')
  const line = await selects(await createTrimtab({ store: 'memory' }))
  return `${line}, outputs ${await outputs(createTrimtab)}`
}

/** A tokenizer of the caller's own: read from a file, which loads the module that is apart. */
async function ownTokenizer(createTrimtab) {
  const trimtab = await createTrimtab({ tokenizer: small(), store: 'memory' })
  const text = 'ab abab12'
  equal([...trimtab.encode(text)].join(), '256,257,256,49,50', 'own tokenizer: encode')
  equal(trimtab.count(`${text}<end>`, { allowedSpecial: 'all' }), 6, 'own tokenizer: allowedSpecial')
  equal(trimtab.split(text, 2).join('|'), 'ab ab|ab1|2', 'own tokenizer: split')
  const counter = trimtab.counter()
  for (const part of ['a', 'b a', 'bab1', '2']) counter.append(part)
  equal(counter.count, 5, 'own tokenizer: counter')
  counter.dispose()
  trimtab.dispose()
}

/** The smallest `tokenizer.json`: a token for each byte, and three merges. */
function small() {
  let next = 256
  const isSeen = (byte) => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173)
  const letters = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isSeen(byte) ? byte : next++))
  const tokens = [...letters, 'ab', 'Ġab', 'abab']
  const pattern = { Regex: ' ?\\p{L}+|\\p{N}|[^\\p{L}\\p{N}]' }
  const pretokenizers = [
    { type: 'Split', pattern, behavior: 'Isolated' },
    { type: 'ByteLevel', use_regex: false },
  ]
  return {
    added_tokens: [{ id: 300, content: '<end>', special: true, normalized: false }],
    pre_tokenizer: { type: 'Sequence', pretokenizers },
    decoder: { type: 'ByteLevel' },
    model: {
      type: 'BPE',
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: ['a b', 'Ġ ab', 'ab ab'],
    },
  }
}

async function selects(trimtab) {
  const budget = Math.ceil(trimtab.count(source) * 0.6)
  const { text, tokens, omitted } = await trimtab.optimize(source, { query: 'Who needs a pilot?', budget })
  if (tokens.after > budget) throw new Error(`${tokens.after} tokens with a budget of ${budget}`)
  equal(trimtab.count(text), tokens.after, 'the count of the result')
  if (!text.includes('ninety metres')) throw new Error(`the answer was left out: ${text}`)
  if (omitted.length === 0) throw new Error('nothing was left out')
  const behind = String(await trimtab.expand(omitted[0].ref)).trim()
  if (behind === '' || !source.includes(behind.slice(0, 20))) throw new Error(`expand gave ${behind}`)
  trimtab.dispose()
  return `${tokens.before} to ${tokens.after} tokens`
}

function equal(found, expected, what) {
  if (found !== expected) throw new Error(`${what}: ${found}, expected ${expected}`)
}
