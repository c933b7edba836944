// Nanoseconds an operation, beside the caches that people use. Keys are strings of some length, asked for by Zipf's law:
// of a cache that has them all, and of one that has room for a quarter, so that entries leave all the time.

import { createRequire } from 'node:module'
import { LRUCache } from 'lru-cache'
import { lru as tinyLru } from 'tiny-lru'
import { timed } from '../measure.mjs'
import { median, table } from '../report.mjs'
import { zipf } from './zipf.mjs'

const { LRUMap } = createRequire(import.meta.url)('mnemonist')

/**
 * Keys by length; of the longest fewer, since 100,000 of them would take 3 GB, and fewer requests: V8 hashes no string of
 * more than 16,383 characters by what is in it, so that a `Map` looks at one key after the other.
 */
const kinds = [
  { length: 32, keys: 100_000, requests: 200_000 },
  { length: 1_024, keys: 100_000, requests: 200_000 },
  { length: 32_768, keys: 3_000, requests: 3_000 },
]

/** Each makes an empty cache of a capacity in entries. */
const peersOf = (trimtab) => ({
  'trimtab adaptive': (capacity) => trimtab.createCache({ capacity }),
  'trimtab lru': (capacity) => trimtab.createCache({ policy: 'lru', capacity }),
  'lru-cache': (max) => new LRUCache({ max }),
  'tiny-lru': (max) => tinyLru(max),
  mnemonist: (max) => new LRUMap(max),
  'Map, unbounded': () => new Map(),
})

export async function speed({ trimtab, quick }) {
  const peers = peersOf(trimtab)
  const figures = {}
  for (const { length, keys, requests } of kinds) {
    const texts = Array.from({ length: keys }, (_, at) => keyOf(at, length))
    const asked = Array.from(zipf(keys, requests, 0.99), (number) => texts[(number * 7919) % keys])
    const rounds = quick ? 3 : 9
    figures[`get, ${length} B`] = await measure(peers, rounds, asked, keys, (cache) => {
      for (const text of texts) cache.set(text, text)
    })
    figures[`get or set, ${length} B`] = await measure(peers, rounds, asked, Math.floor(keys / 4), () => {})
  }
  print(figures, Object.keys(peers))
  return figures
}

/** A string of its own, as one that was read from somewhere: not a rope of others. */
const keyOf = (at, length) =>
  Buffer.from(`${at}:`.padEnd(length - 12, 'lorem ipsum ') + `${at}`.padStart(12)).toString('latin1')

async function measure(peers, rounds, asked, capacity, prepare) {
  const times = Object.fromEntries(Object.keys(peers).map((name) => [name, []]))
  const caches = {}
  for (const [name, make] of Object.entries(peers)) {
    caches[name] = await make(capacity)
    prepare(caches[name])
  }
  const names = Object.keys(peers)
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length]
      const cache = caches[name]
      times[name].push((1e6 * timed(() => getOrSet(cache, asked))) / asked.length)
    }
  }
  // The first round is for the engine to compile.
  return Object.fromEntries(names.map((name) => [name, median(times[name].slice(1))]))
}

function getOrSet(cache, asked) {
  for (const key of asked) if (cache.get(key) === undefined) cache.set(key, key)
}

function print(figures, names) {
  const line = ([kind, row]) => [kind, ...names.map((name) => row[name].toFixed(0))]
  table('Nanoseconds an operation, medians of rounds in turn', ['', ...names], Object.entries(figures).map(line))
  const ratios = Object.values(figures).map((row) => row['lru-cache'] / row['trimtab adaptive'])
  console.log(`lru-cache takes ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')} times as long as trimtab adaptive`)
}
