// Speed of the lossless forms, beside the TOON encoder. Texts are made here, new ones for every turn, because what was
// optimized before comes from the cache.
import { encode } from '@toon-format/toon'
import { below, pick, random } from '../random.mjs'
import { median, short, table } from '../report.mjs'

const TURNS = 7
const BYTES = 1 << 20

const words = 'berth pier ferry light shed boat market line harbour crane rope sail anchor tide chart'.split(' ')
const some = (next, count) => Array.from({ length: count }, () => pick(next, words)).join(' ')

/** Records with a nested object, a list and a key that some lack. */
function record(next, id) {
  const at = { x: below(next, 1e4) / 100, y: below(next, 1e4) / 100 }
  const list = Array.from({ length: below(next, 4) }, () => pick(next, words))
  return { id, name: some(next, 3), kind: 'berth', at, list, ...(next() < 0.7 && { note: some(next, 8) }) }
}

const statements = [
  (next) =>
    `INFO server.Session: session ${below(next, 1e6)} of ${pick(next, words)} opened from 10.0.${below(next, 9)}.${below(next, 255)}`,
  (next) => `WARN storage.Disk: ${some(next, 2)} took ${below(next, 900)} ms`,
  () => 'INFO server.Health: all is well',
  (next) => `ERROR worker.Job: job ${below(next, 1e4)} failed: ${some(next, 5)}`,
]

function logOf(next) {
  let [time, text] = [Date.UTC(2024, 1, 1), '']
  while (text.length < BYTES) {
    time += below(next, 2000)
    text += `${new Date(time).toISOString().replace('T', ' ').replace('Z', '')} ${pick(next, statements)(next)}\n`
  }
  return text
}

function recordsOf(next) {
  const records = []
  for (let size = 0; size < BYTES; size += 160) records.push(record(next, records.length))
  return records
}

const rivals = (trimtab) => {
  const optimized = async (text) => void (await trimtab.optimize(text, { tier: 'complete' }))
  return {
    'JSON, indented': { make: (next) => JSON.stringify(recordsOf(next), null, 2), run: optimized },
    'JSON, compact': { make: (next) => JSON.stringify(recordsOf(next)), run: optimized },
    'the same with TOON': {
      make: (next) => JSON.stringify(recordsOf(next)),
      run: (text) => void encode(JSON.parse(text)),
    },
    log: { make: logOf, run: optimized },
  }
}

/** Megabytes a second of each, in turns, so that what slows the machine slows all: the median of the turns. */
export async function speed(trimtab) {
  const all = rivals(trimtab)
  const speeds = Object.fromEntries(Object.keys(all).map((name) => [name, []]))
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, { make, run }] of Object.entries(all)) {
      const text = make(random(turn * 31 + name.length))
      const [start, used] = [performance.now(), process.cpuUsage()]
      await run(text)
      const { user, system } = process.cpuUsage(used)
      // On a busy machine the processor's time says more than the clock's.
      const ms = Math.min(performance.now() - start, (user + system) / 1000)
      speeds[name].push(text.length / 1e3 / ms)
    }
  }
  const rows = Object.entries(speeds).map(([name, values]) => [name, short(median(values))])
  table(`Speed: MB/s, median of ${TURNS} turns over about 1 MB each`, ['', 'MB/s'], rows)
}
