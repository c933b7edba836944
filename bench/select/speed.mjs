// Milliseconds to select for a query, by the size of the text, peers taking turns.
import { below, random } from '../random.mjs'
import { median, short, table } from '../report.mjs'

/** Tokens of the text, and how often it is measured. A text is made anew each time: results are cached. */
const sizes = [
  [1_000, 30],
  [10_000, 40],
  [100_000, 7],
  [1_000_000, 3],
]
/** Beyond it, peers that keep what they like take minutes. */
const patience = 100_000
const share = 0.2

export async function speed(peers, quick) {
  const figures = {}
  for (const [size, times] of quick ? sizes.slice(0, 3) : sizes) {
    const own = Object.fromEntries(Object.entries(peers).filter(([name]) => name === 'trimtab' || size <= patience))
    figures[size] = await ofSize(own, size, quick ? Math.ceil(times / 3) : times)
  }
  const names = Object.keys(peers)
  const line = (size) => [size, ...names.map((name) => (figures[size][name] ? short(figures[size][name]) : '-'))]
  table('milliseconds to select a fifth for a query, median', ['tokens', ...names], Object.keys(figures).map(line))
  const perToken = Object.entries(figures).map(([size, { trimtab }]) => [size, short((1e6 * trimtab) / size)])
  table('nanoseconds a token, trimtab', ['tokens', ''], perToken)
  return figures
}

async function ofSize(peers, size, times) {
  const spent = Object.fromEntries(Object.keys(peers).map((name) => [name, []]))
  for (let turn = 0; turn < times + 2; turn++) {
    const documents = make(size, turn + 1, peers.trimtab.count)
    const query = questionFor(documents, turn)
    for (const [name, { select }] of Object.entries(peers)) {
      const start = performance.now()
      await select(documents, query, Math.floor(size * share))
      // The first two let the engine compile.
      if (turn > 1) spent[name].push(performance.now() - start)
    }
  }
  return Object.fromEntries(Object.entries(spent).map(([name, values]) => [name, median(values)]))
}

/** The words of a made-up language, the frequent ones short. */
const words = Array.from({ length: 20_000 }, (_, rank) => {
  const next = random(rank + 1)
  const syllable = () => 'bdfglmnprst'[below(next, 11)] + 'aeiou'[below(next, 5)]
  return Array.from({ length: 1 + Math.floor(Math.log10(rank + 1)) }, syllable).join('')
})

/** Documents of about `size` tokens, their words drawn by Zipf's law. */
function make(size, seed, count) {
  const next = random(seed)
  const draw = () => words[Math.floor(words.length ** next()) - 1]
  const sentence = () => {
    const [first, ...rest] = Array.from({ length: 8 + below(next, 16) }, draw)
    return `${first[0].toUpperCase()}${[first.slice(1), ...rest].join(' ')}.`
  }
  const document = () => ({ title: `${draw()} ${draw()}`, text: Array.from({ length: 6 }, sentence).join(' ') })
  const sample = Array.from({ length: 20 }, document)
  const each = sample.reduce((sum, { title, text }) => sum + count(title) + count(text) + 3, 0) / sample.length
  return Array.from({ length: Math.ceil(size / each) }, document)
}

/** A question of words that one of the documents has. */
function questionFor(documents, turn) {
  const { title, text } = documents[(turn * 7) % documents.length]
  return `When was ${title} ${text.split(' ').slice(4, 8).join(' ')}?`
}
