// Metrics in a store that several instances share: no record is lost, and none counted twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTrimtab } from '../../pkg/index.js'
import { mapStore } from '../map-store.mjs'
import { calls, hour, now } from './samples.mjs'

const isolate = (store, at = now) => createTrimtab({ store, ids: false, now: () => at })
const call = { model: 'gpt-4o', usage: { input_tokens: 9, output_tokens: 1 } }
const metricsKeys = ({ map }) => [...map.keys()].filter((key) => key.includes('metrics'))

test('isolates that write at once lose nothing, and each writes one key', async () => {
  const store = mapStore({ late: true })
  const isolates = await Promise.all(Array.from({ length: 8 }, () => isolate(store)))
  await Promise.all(
    isolates.map(async (one, number) => {
      for (let i = 0; i <= number; i++) one.record(call)
      await one.flush()
      one.record(call)
      await one.flush()
    }),
  )
  assert.equal(metricsKeys(store).length, 8)
  const reader = await isolate(store)
  assert.equal(reader.metrics.snapshot().calls, 36 + 8)
})

test('what another tab writes is there after a refresh, corrections included', async () => {
  const store = mapStore({ late: true })
  const [one, two] = [await isolate(store), await isolate(store)]
  one.record({ ...call, id: 'streamed' })
  await one.flush()
  assert.equal(await two.metrics.refresh(), true)
  assert.equal(two.metrics.snapshot().calls, 1)
  one.record({ ...call, id: 'streamed', usage: { input_tokens: 9, output_tokens: 500 } })
  one.record(call)
  await one.flush()
  assert.equal(await two.metrics.refresh(), true)
  const { calls: seen, usage } = two.metrics.snapshot()
  assert.deepEqual([seen, usage.outputTokens], [2, 501])
  assert.equal(one.metrics.snapshot().calls, 2, 'nobody sees its own twice')
  assert.equal(await one.metrics.refresh(), false)
})

test('thousands of records become chunks, and every answer stays the same', async () => {
  const store = mapStore({ late: true })
  const one = await isolate(store)
  for (let i = 0; i < 5000; i++) {
    const { id: _, ...record } = calls[i % calls.length]
    one.record({ ...record, at: now - i * 60_000 })
  }
  const window = { hours: 100, where: { user: 'ada' } }
  const before = [one.metrics.report({ hours: 100 }), one.metrics.report(window), one.metrics.snapshot()]
  await one.flush()
  assert.ok(
    metricsKeys(store).some((key) => key.includes('~c')),
    'there are chunks',
  )
  assert.deepEqual([one.metrics.report({ hours: 100 }), one.metrics.report(window), one.metrics.snapshot()], before)
  const two = await isolate(store, now)
  assert.deepEqual([two.metrics.report({ hours: 100 }), two.metrics.report(window), two.metrics.snapshot()], before)
  const size = [...store.map.values()].reduce((sum, bytes) => sum + bytes.length, 0)
  assert.ok(size < 5000 * 64, `${size} bytes`)
})

test('what hundreds of closed pages left is put together', async () => {
  const store = mapStore({ late: true })
  for (let page = 0; page < 30; page++) {
    const one = await isolate(store)
    one.record(call)
    await one.flush()
    one.dispose()
  }
  assert.equal(metricsKeys(store).length, 30)
  for (const hours of [3, 6]) {
    const one = await isolate(store, now + hours * hour)
    one.record({ ...call, at: now })
    await one.flush()
  }
  assert.ok(metricsKeys(store).length < 5, metricsKeys(store).join())
  assert.equal((await isolate(store, now + 6 * hour)).metrics.snapshot().calls, 32)
})

test('damaged parts are reported and skipped', async () => {
  const store = mapStore({ late: true })
  const one = await isolate(store)
  one.record(call)
  await one.flush()
  const [key] = metricsKeys(store)
  store.map.set(key.replace(/.$/, '7'), store.map.get(key))
  store.map.get(key)[20] ^= 1
  const two = await isolate(store)
  const codes = []
  two.on('storageerror', ({ error }) => codes.push(error.code))
  await new Promise((resolve) => setTimeout(resolve, 5))
  assert.deepEqual([two.metrics.snapshot().calls, codes], [0, ['corrupt_record']])
})

test('clearing forgets the records in the store too', async () => {
  const store = mapStore({ late: true })
  const one = await isolate(store)
  one.record(call)
  await one.flush()
  one.metrics.clear()
  await one.flush()
  assert.deepEqual(metricsKeys(store), [])
})
