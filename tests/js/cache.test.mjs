// What `createCache` promises, whatever the policy: the promises of the core's cache, kept through JavaScript.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { random } from '../../bench/random.mjs'
import { createCache, createTrimtab } from './package.mjs'

const policies = ['adaptive', 'lru', 'lfu', 'ttl']
const long = 'x'.repeat(20_000)

for (const policy of policies) {
  const cacheOf = (capacity, now = () => 0, rest = {}) => createCache({ policy, capacity, now, ...rest })

  test(`${policy}: values of any kind stay what they are`, async () => {
    const cache = await cacheOf(100)
    const values = [0, '', null, undefined, false, Symbol('s'), () => 1, { a: [1] }, 10n]
    for (const [at, value] of values.entries()) assert.equal(cache.set(`k${at}`, value), true)
    for (const [at, value] of values.entries()) assert.equal(cache.get(`k${at}`), value)
    assert.equal(cache.size, values.length)
  })

  test(`${policy}: what is heavier than the capacity is not kept, and its older value goes`, async () => {
    const cache = await cacheOf(10)
    cache.set('a', 1, { weight: 3 })
    cache.set('b', 1, { weight: 3 })
    assert.equal(cache.set('a', 2, { weight: 11 }), false)
    assert.equal(cache.peek('a'), undefined)
    assert.equal(cache.has('b'), true)
    const { rejected, removed, evictions, weight } = cache.stats
    assert.deepEqual({ rejected, removed, evictions, weight }, { rejected: 1, removed: 1, evictions: 0, weight: 3 })
  })

  test(`${policy}: an expired entry is never given, and leaves before a live one`, async () => {
    let now = 1_000
    const cache = await cacheOf(3, () => now)
    cache.set('for ever', 1)
    cache.set('short', 2, { ttl: 10 })
    cache.set('long', 3, { ttl: 1_000 })
    now = 1_009
    assert.equal(cache.get('short'), 2)
    now = 1_010
    assert.equal(cache.peek('short'), undefined)
    assert.equal(cache.has('short'), false)
    cache.set('new', 4)
    assert.deepEqual([cache.get('for ever'), cache.get('long'), cache.get('new')], [1, 3, 4])
    assert.equal(cache.get('short'), undefined)
    assert.equal(cache.delete('long'), true)
    assert.equal(cache.delete('long'), false)
    const { hits, misses, evictions, expirations, removed } = cache.stats
    assert.deepEqual(
      { hits, misses, evictions, expirations, removed },
      { hits: 4, misses: 1, evictions: 0, expirations: 1, removed: 1 },
    )
  })

  test(`${policy}: a default ttl holds for all, and the clock may jump`, async () => {
    let now = 0
    const cache = await cacheOf(10, () => now, { ttl: 100 })
    cache.set('a', 1)
    now = -50
    assert.equal(cache.get('a'), 1)
    now = 100
    assert.equal(cache.get('a'), undefined)
    assert.equal(cache.set('b', 1, { ttl: 0 }), false, 'over on arrival')
    assert.equal(cache.size, 0)
  })

  test(`${policy}: long keys are told apart, however alike`, async () => {
    const cache = await cacheOf(3)
    const keys = ['a', 'b', 'c', 'd'].map((end) => long + end + long)
    for (const [at, key] of keys.entries()) cache.set(key, at)
    assert.equal(cache.size, 3)
    keys.forEach((key, at) => {
      const found = cache.peek(key)
      if (found !== undefined) assert.equal(found, at)
      assert.equal(cache.delete(key), found !== undefined)
    })
    assert.equal(cache.size, 0)
  })

  test(`${policy}: clear forgets everything and counts it`, async () => {
    const cache = await cacheOf(10)
    cache.set('a', 1)
    cache.set(long, 2)
    cache.clear()
    assert.deepEqual([cache.size, cache.get('a'), cache.get(long)], [0, undefined, undefined])
    assert.equal(cache.stats.removed, 2)
    assert.equal(cache.set('a', 3), true)
    assert.equal(cache.get('a'), 3)
  })

  test(`${policy}: never a wrong value, never above the capacity, and all is counted`, async () => {
    const next = random(7)
    const pick = (end) => Math.floor(next() * end)
    let now = 0
    const cache = await cacheOf(40, () => now)
    const latest = new Map()
    let reads = 0
    for (let step = 0; step < 20_000; step++) {
      const number = pick(2) ? pick(12) : pick(90)
      const key = number % 7 === 0 ? long + number : `key ${number}`
      now += pick(20)
      const action = pick(10)
      if (action === 0) latest.set(key, cache.delete(key) && undefined)
      else if (action < 4) {
        const ttl = pick(3) ? undefined : 1 + pick(60)
        const value = { step }
        const kept = cache.set(key, value, { weight: 1 + pick(4), cost: pick(3), ...(ttl && { ttl }) })
        assert.equal(kept, true)
        latest.set(key, { value, until: now + (ttl ?? Number.POSITIVE_INFINITY) })
      } else {
        reads++
        const found = cache.get(key)
        const known = latest.get(key)
        if (found !== undefined) assert.ok(found === known?.value && now < known.until, `${key} at ${step}`)
      }
      if (step % 500 === 0) assert.ok(cache.stats.weight <= 40 && cache.stats.size === cache.size)
    }
    const { hits, misses, insertions, evictions, expirations, removed, size } = cache.stats
    assert.equal(hits + misses, reads)
    assert.equal(insertions, evictions + expirations + removed + size)
  })
}

test('wrong settings and options are refused by name', async () => {
  await assert.rejects(createCache({ policy: 'mru' }), { code: 'invalid_input', message: /mru/ })
  await assert.rejects(createCache({ capacity: 'big' }), { code: 'invalid_input', message: /capacity/ })
  const cache = await createCache()
  for (const options of [{ weight: -1 }, { ttl: 'soon' }, { cost: Number.NaN }]) {
    assert.throws(() => cache.set('k', 1, options), { code: 'invalid_input' })
  }
})

test('getOrSet makes a value once for all who ask at the same time, and again after a failure', async () => {
  const { cache } = await createTrimtab({ store: 'memory', ids: false })
  let made = 0
  const make = async () => ({ made: ++made })
  const asked = await Promise.all([cache.getOrSet('k', make), cache.getOrSet('k', make), cache.getOrSet('k', make)])
  assert.deepEqual(asked, [{ made: 1 }, { made: 1 }, { made: 1 }])
  assert.deepEqual(await cache.get('k'), { made: 1 })
  const failing = () => Promise.reject(new Error('no'))
  await assert.rejects(cache.getOrSet('other', failing), /no/)
  assert.deepEqual(await cache.getOrSet('other', make), { made: 2 })
  const bytes = await cache.getOrSet('bytes', () => Uint8Array.of(1, 2))
  assert.deepEqual([...bytes, ...(await cache.get('bytes'))], [1, 2, 1, 2])
})

test('a stale value is given while it is made anew, and not after its time', async () => {
  let now = 0
  const { cache } = await createTrimtab({ store: 'memory', ids: false, now: () => now })
  let made = 0
  const make = () => ++made
  const options = { ttl: 100, stale: 50 }
  assert.equal(await cache.getOrSet('k', make, options), 1)
  now = 99
  assert.equal(await cache.getOrSet('k', make, options), 1)
  now = 120
  assert.equal(await cache.getOrSet('k', make, options), 1, 'stale, and made anew behind it')
  await new Promise(setImmediate)
  assert.equal(await cache.getOrSet('k', make, options), 2)
  now = 240
  assert.equal(await cache.getOrSet('k', () => Promise.reject(new Error('no')), options), 2, 'a failure leaves it')
  now = 271
  assert.equal(await cache.getOrSet('k', make, options), 3, 'over for good')
  await assert.rejects(cache.getOrSet('k', make, { stale: -1 }), { code: 'invalid_input' })
})

/** Asks for two keys in turn, so often that what follows the one is known. */
async function learn(ask) {
  for (let round = 0; round < 30; round++) {
    await ask('page')
    await ask('answer')
  }
}

test('what is likely to come next is made ahead where the caller allows it, and counted', async () => {
  let now = 0
  const trimtab = await createTrimtab({ store: 'memory', ids: false, now: () => now })
  const { cache } = trimtab
  const made = { page: 0, answer: 0 }
  const ask = (key, ahead) =>
    cache.getOrSet(key, () => ({ made: ++made[key] }), { ttl: key === 'page' ? 1e6 : 100, ahead })
  await learn((key) => ask(key, key === 'answer'))
  assert.deepEqual(made, { page: 1, answer: 1 })
  now = 200
  const told = new Promise((resolve) => trimtab.on('prefetch', resolve))
  await ask('page', false)
  assert.deepEqual(await told, { keys: ['answer'] })
  assert.equal(made.answer, 2, 'made before it is asked for')
  assert.deepEqual(await ask('answer', true), { made: 2 })
  assert.deepEqual(cache.stats.ahead, { loaded: 0, made: 1, used: 1, crowded: 0 })
})

test('nothing is made ahead that the caller does not allow, and what fails is made again when asked for', async () => {
  let now = 0
  const { cache } = await createTrimtab({ store: 'memory', ids: false, now: () => now })
  let calls = 0
  const make = () => (++calls === 2 ? Promise.reject(new Error('no')) : { calls })
  const idle = () => new Promise((resolve) => setTimeout(resolve, 0))
  const ask = (key, ahead) =>
    cache.getOrSet(key, key === 'page' ? () => 1 : make, { ttl: key === 'page' ? 1e6 : 100, ahead })
  await learn((key) => ask(key, false))
  now = 200
  await ask('page', false)
  await idle()
  assert.equal(calls, 1)
  assert.equal(cache.stats.ahead.made, 0)
  await ask('answer', true).catch(() => {})
  assert.equal(calls, 2, 'the one that fails')
  assert.deepEqual(await ask('answer', true), { calls: 3 })
})

test('a value is loaded ahead from a store across a network, and told of', async () => {
  const records = new Map()
  const store = {
    get: async (key) => records.get(key),
    set: async (key, bytes) => void records.set(key, bytes),
    delete: async (key) => void records.delete(key),
    keys: async (prefix) => [...records.keys()].filter((key) => key.startsWith(prefix)),
  }
  const first = await createTrimtab({ store, ids: false })
  await learn(async (key) => (await first.cache.get(key)) ?? first.cache.set(key, key))
  await first.flush()
  first.dispose()
  const second = await createTrimtab({ store, ids: false })
  const told = new Promise((resolve) => second.on('prefetch', resolve))
  assert.equal(await second.cache.get('page'), 'page')
  assert.deepEqual(await told, { keys: ['answer'] })
  assert.equal(await second.cache.get('answer'), 'answer')
  assert.deepEqual(second.cache.stats.ahead, { loaded: 1, made: 0, used: 1, crowded: 0 })
})
