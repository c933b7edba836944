// How much of the cost of requests a cache saves where prices are mixed, at a tenth of the capacity that holds all.
import { LRUCache } from 'lru-cache'
import { random } from '../random.mjs'
import { table } from '../report.mjs'
import { zipf } from './zipf.mjs'

const keys = 20_000
/** Dollars per million input tokens, from the cheapest to the dearest models of the price table. */
const prices = [0.1, 0.25, 1.25, 2, 3, 15]

export async function costs({ trimtab }) {
  const rows = {}
  for (const exponent of [0.8, 0.9, 1]) {
    const requests = zipf(keys, 200_000, exponent)
    const next = random(5)
    const cost = Float64Array.from({ length: keys }, () => prices[Math.floor(next() * prices.length)])
    const asked = requests.reduce((sum, key) => sum + cost[key], 0)
    const capacity = keys / 10
    const lru = new LRUCache({ max: capacity })
    const caches = { 'lru-cache': [lru, (key) => lru.set(key, 1)] }
    for (const policy of ['lru', 'adaptive']) {
      const cache = await trimtab.createCache({ policy, capacity })
      caches[`trimtab ${policy}`] = [cache, (key, cost) => cache.set(key, 1, { cost })]
    }
    rows[exponent] = Object.fromEntries(
      Object.entries(caches).map(([name, pair]) => [name, (100 * saved(pair, requests, cost)) / asked]),
    )
  }
  const names = Object.keys(rows[1])
  const lines = Object.entries(rows).map(([exponent, row]) => [
    `Zipf ${exponent}`,
    ...names.map((name) => row[name].toFixed(1)),
  ])
  table(`% of the cost saved: ${prices.join(', ')} $ mixed, 10% capacity`, ['', ...names], lines)
  return rows
}

function saved([cache, set], requests, cost) {
  let saved = 0
  for (const number of requests) {
    const key = `key ${number}`
    if (cache.get(key) === undefined) set(key, cost[number])
    else saved += cost[number]
  }
  return saved
}
