// Hit rates on request traces, at the capacities of the reference figures, which other policies and OPT reached.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { table } from '../report.mjs'

const policies = ['adaptive', 'lru', 'lfu']
const shown = ['OPT', 'follow-the-leader', 'LRU', 'S3-FIFO', 'LIRS', 'ARC']

export async function hits({ trimtab, sets }) {
  if (!sets) return console.log('hits: skipped, there are no evaluation sets')
  const references = await readReferences(join(sets, 'cache/reference.csv'))
  const traces = new Map()
  const rows = []
  for (const { trace, capacity, rates } of references) {
    if (!traces.has(trace)) traces.set(trace, await readTrace(join(sets, `cache/${trace}.u32.gz`)))
    const row = { trace, capacity, ...Object.fromEntries(shown.map((name) => [name, rates[name]])) }
    for (const policy of policies) {
      const cache = await trimtab.createCache({ policy, capacity })
      row[policy] = (100 * run(cache, traces.get(trace))) / traces.get(trace).length
    }
    rows.push(row)
  }
  print(rows)
  return rows
}

/** How many requests hit, each miss being set. */
function run(cache, keys) {
  let hits = 0
  for (const key of keys) {
    if (cache.get(key) === undefined) cache.set(key, 1)
    else hits++
  }
  return hits
}

async function readTrace(path) {
  const bytes = gunzipSync(await readFile(path))
  return [...new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)].map(String)
}

async function readReferences(path) {
  const cells = new Map()
  for (const line of (await readFile(path, 'utf8')).trim().split('\n').slice(1)) {
    const [trace, , , capacity, policy, rate] = line.split(',')
    const cell = cells.get(`${trace},${capacity}`) ?? { trace, capacity: Number(capacity), rates: {} }
    cell.rates[policy] = Number(rate)
    cells.set(`${trace},${capacity}`, cell)
  }
  return [...cells.values()]
}

function print(rows) {
  const columns = [...policies, ...shown]
  const mean = (name) => rows.reduce((sum, row) => sum + row[name], 0) / rows.length
  const cell = (value) => value.toFixed(2)
  const lines = rows.map((row) => [`${row.trace} ${row.capacity}`, ...columns.map((name) => cell(row[name]))])
  const heads = ['% of requests that hit', ...policies.map((name) => `our ${name}`), ...shown]
  table('Hit rates', heads, [...lines, ['mean', ...columns.map((name) => cell(mean(name)))]])
  const below = rows.filter((row) => row.adaptive < row.LRU - 0.005)
  console.log(`adaptive is below LRU in ${below.length} of ${rows.length} cells`)
}
