// What outlives an instance, what a store may do to it, and what is told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapStore } from '../map-store.mjs'
import { createCache, createTrimtab, documents, query } from './package.mjs'

test("what was left out, the caller's values and the metrics survive a restart", async () => {
  const store = mapStore()
  const first = await createTrimtab({ store, namespace: 'n' })
  const result = await first.optimize(documents, { query, budget: 45 })
  const source = await first.restore(result.text)
  await first.cache.set('greeting', { hello: ['world', 1] })
  await first.cache.set('bytes', Uint8Array.of(1, 2, 255))
  await first.flush()
  first.dispose()

  const second = await createTrimtab({ store, namespace: 'n' })
  assert.equal(second.store, 'external')
  assert.equal(await second.restore(result.text), source)
  assert.ok((await second.expand(result.omitted[0].ref)).length > 0)
  assert.deepEqual(await second.cache.get('greeting'), { hello: ['world', 1] })
  assert.deepEqual([...(await second.cache.get('bytes'))], [1, 2, 255])
  assert.ok(second.metrics.snapshot().operations >= 1)

  const other = await createTrimtab({ store, namespace: 'm' })
  assert.equal(await other.cache.get('greeting'), undefined, 'namespaces are apart')
  assert.equal(other.metrics.snapshot().operations, 0)
})

test('what was only read is not written again', async () => {
  const store = mapStore()
  const first = await createTrimtab({ store })
  await first.cache.set('k', 'v')
  await first.flush()
  let written = 0
  const { set } = store
  store.set = async (...record) => {
    written++
    return set(...record)
  }
  const second = await createTrimtab({ store })
  assert.equal(await second.cache.get('k'), 'v')
  await second.flush()
  assert.equal(written, 0)
})

test('without keepText no text reaches the store', async () => {
  const store = mapStore()
  const trimtab = await createTrimtab({ store, privacy: { keepText: false } })
  const { text } = await trimtab.optimize(documents, { query, budget: 45 })
  await trimtab.flush()
  assert.ok(store.map.size > 0, 'figures are stored')
  const all = [...store.map.values()].map((bytes) => new TextDecoder('latin1').decode(bytes)).join('\n')
  for (const word of ['Lindqvist', 'lighthouse', 'harbour']) assert.ok(!all.includes(word), word)
  assert.match(await trimtab.restore(text), /Sund/, 'memory still has it')
})

test('a store that this runtime lacks is reported, and memory takes its place', async () => {
  const trimtab = await createTrimtab({ store: 'indexeddb' })
  const { error } = await new Promise((resolve) => trimtab.on('storageerror', resolve))
  assert.equal(error.code, 'storage_unavailable')
  assert.equal(trimtab.store, 'memory')
  const auto = await createTrimtab({ store: 'auto' })
  auto.on('storageerror', () => assert.fail('what auto passes over is no failure'))
  await auto.cache.set('k', 1)
  assert.equal(await auto.cache.get('k'), 1)
  await new Promise(setImmediate)
})

test('a store that fails is reported, and requests go on', async () => {
  const broken = async () => {
    throw new Error('the disk is on fire')
  }
  const trimtab = await createTrimtab({ store: { get: broken, set: broken, delete: broken, keys: broken } })
  const errors = []
  trimtab.on('storageerror', ({ error }) => errors.push(error))
  const { text } = await trimtab.optimize(documents, { query, budget: 45 })
  assert.match(text, /Marta/)
  await trimtab.flush()
  await new Promise((resolve) => setTimeout(resolve, 0))
  assert.equal(errors.length, 2, 'once for reading, once for writing')
  for (const error of errors) {
    assert.equal(error.code, 'storage_unavailable')
    assert.match(error.message, /on fire/)
  }
})

test('what could not be written is written the next time', async () => {
  const store = mapStore()
  const { set } = store
  let full = true
  store.set = async (key, bytes) => {
    if (full) throw new DOMException('full', 'QuotaExceededError')
    return set(key, bytes)
  }
  const trimtab = await createTrimtab({ store })
  await trimtab.cache.set('k', 'v')
  await trimtab.flush()
  assert.equal(store.map.size, 0)
  full = false
  await trimtab.flush()
  const fresh = await createTrimtab({ store })
  assert.equal(await fresh.cache.get('k'), 'v')
})

test('damaged and foreign records are skipped', async () => {
  const store = mapStore()
  const first = await createTrimtab({ store })
  await first.cache.set('good', 1)
  await first.cache.set('bad', 2)
  await first.flush()
  const bad = [...store.map.keys()].find((key) => key.includes('bad'))
  store.map.get(bad)[12] ^= 0xff
  store.map.set('someone-elses', Uint8Array.of(1))
  const second = await createTrimtab({ store })
  const errors = []
  second.on('storageerror', ({ error }) => errors.push(error.code))
  assert.equal(await second.cache.get('good'), 1)
  assert.equal(await second.cache.get('bad'), undefined)
  await new Promise((resolve) => setTimeout(resolve, 0))
  assert.ok(errors.length > 0 && errors.every((code) => code === 'corrupt_record'), errors.join())
})

test('the clock that is passed in decides what has expired', async () => {
  let now = 1_000_000
  const trimtab = await createTrimtab({ store: 'memory', now: () => now })
  await trimtab.cache.set('k', 'v', { ttl: 50 })
  now += 49
  assert.equal(await trimtab.cache.get('k'), 'v')
  now += 1
  assert.equal(await trimtab.cache.get('k'), undefined)
  assert.equal(await trimtab.cache.has('k'), false)
})

test('the cache alone is synchronous and takes values of any kind', async () => {
  for (const policy of ['adaptive', 'lru', 'lfu', 'ttl']) {
    const cache = await createCache({ policy, capacity: 2 })
    const value = () => policy
    assert.equal(cache.set('a', value), true)
    assert.equal(cache.get('a'), value)
    cache.set('b', 1)
    cache.set('c', 2)
    assert.equal(cache.size, 2)
    assert.equal(cache.stats.evictions, 1)
    assert.equal(cache.set('heavy', 1, { weight: 3 }), false)
    cache.clear()
    assert.equal(cache.size, 0)
  }
  const lru = await createCache({ policy: 'lru', capacity: 2 })
  lru.set('a', 1)
  lru.set('b', 2)
  lru.get('a')
  lru.peek('b')
  lru.set('c', 3)
  assert.deepEqual([lru.has('a'), lru.has('b'), lru.has('c')], [true, false, true])
})

test('metrics count what happened, and an unknown model is unpriced, never free', async () => {
  const trimtab = await createTrimtab({ store: 'memory', model: 'gpt-5' })
  const events = { record: 0, unpriced: [] }
  trimtab.on('record', () => events.record++)
  trimtab.on('unpriced', ({ model }) => events.unpriced.push(model))
  const { tokens } = await trimtab.optimize(documents, { query, budget: 45, user: 'ada' })
  trimtab.record({ model: 'gpt-5', usage: { prompt_tokens: 1_000_000, completion_tokens: 0 } })
  trimtab.record({ model: 'no-such-model', usage: { prompt_tokens: 5, completion_tokens: 5 } })
  const snapshot = trimtab.metrics.snapshot()
  assert.equal(snapshot.tokens.before, tokens.before)
  assert.equal(snapshot.tokens.after, tokens.after)
  assert.equal(snapshot.cost.spent, 1.25, 'a million input tokens of gpt-5')
  assert.deepEqual(snapshot.cost.unpricedModels, ['no-such-model'])
  assert.deepEqual(events, { record: 3, unpriced: ['no-such-model'] })
  assert.equal(trimtab.metrics.top(5).users[0].name, 'ada')
  assert.ok(Array.isArray(trimtab.metrics.report({ hours: 2 }).series ?? trimtab.metrics.report({ hours: 2 }).points))
  assert.equal(JSON.parse(trimtab.metrics.export('json')).version, 1)
  for (const format of ['csv', 'otlp', 'prometheus']) assert.ok(trimtab.metrics.export(format).length > 20, format)
})

test('an alert fires once and reaches its listener', async () => {
  const alerts = [{ rule: 'tokens', above: 10, window: '24h' }]
  const trimtab = await createTrimtab({ store: 'memory', alerts })
  const fired = []
  trimtab.on('alert', (alert) => fired.push(alert))
  trimtab.record({ model: 'gpt-5', usage: { prompt_tokens: 100, completion_tokens: 1 } })
  trimtab.record({ model: 'gpt-5', usage: { prompt_tokens: 100, completion_tokens: 1 } })
  assert.equal(fired.length, 1)
  assert.equal(fired[0].state, 'firing')
})

test('a listener that throws disturbs nobody', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  let heard = 0
  trimtab.on('record', () => {
    throw new Error('not our problem')
  })
  const off = trimtab.on('record', () => heard++)
  await trimtab.optimize('one')
  off()
  await trimtab.optimize('two')
  assert.equal(heard, 1)
})
