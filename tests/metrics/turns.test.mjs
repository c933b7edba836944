// Each crossing fires once, whichever of several instances with one store sees it, and whenever they start and end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { random as randomFrom } from '../../bench/random.mjs'
import { createTrimtab } from '../../pkg/index.js'
import { mapStore } from '../map-store.mjs'
import { now } from './samples.mjs'

const alerts = [{ rule: 'tokens', above: 1000, window: '1h', cooldown: 0, hysteresis: 0 }]
const call = (tokens) => ({ model: 'gpt-5', usage: { input_tokens: tokens, output_tokens: 0 } })

test('a crossing that only the sum of two makes fires once, and ends once', async () => {
  const { clock, told, open } = stage()
  const [one, two] = [await open(), await open()]
  one.record(call(600))
  two.record(call(600))
  await Promise.all([one.flush(), two.flush()])
  assert.deepEqual(told, [], 'neither has seen the other yet')
  await Promise.all([one.metrics.refresh(), two.metrics.refresh()])
  assert.deepEqual(told, ['firing'])
  clock.now += 2 * 3_600_000
  one.record(call(1))
  two.record(call(1))
  await Promise.all([one.flush(), two.flush()])
  assert.deepEqual(told, ['firing', 'resolved'])
  const later = await open()
  assert.deepEqual(
    later.alerts.history().map(({ state }) => state),
    ['resolved', 'firing'],
  )
})

test('rules that were set at run time reach the others, and outlive an instance that has its own', async () => {
  const { told, open } = stage()
  const [configured, one] = [await open(), await open([])]
  one.alerts.set([{ ...alerts[0], above: 10 }])
  await one.flush()
  configured.record(call(5000))
  await configured.flush()
  assert.deepEqual(told, ['firing'])
  const later = await open([])
  assert.equal(later.alerts.list()[0].above, 10)
  later.record(call(1))
  await Promise.all([later.flush(), one.metrics.refresh()])
  assert.deepEqual(told, ['firing', 'firing'], 'the other threshold was crossed too')
  assert.equal(one.alerts.list()[0].firing, true)
})

test('a store that fails keeps no alert from being told', async () => {
  const { told, open, store } = stage()
  const one = await open()
  store.get = store.set = store.keys = () => Promise.reject(new Error('gone'))
  one.record(call(5000))
  await one.flush()
  one.record(call(5000))
  await one.flush()
  assert.deepEqual(told, ['firing'])
})

test('locks of the store are used, and one that fails does not silence an alert', async () => {
  const { told, open, store } = stage()
  const names = []
  store.exclusive = async (name, work) => {
    names.push(name)
    if (names.length > 1) throw new Error('no lock today')
    await work()
  }
  const one = await open()
  one.record(call(5000))
  await one.flush()
  one.alerts.set([{ ...alerts[0], above: 2000 }])
  await one.flush()
  assert.deepEqual(told, ['firing', 'firing'])
  assert.deepEqual(new Set(names), new Set(['trimtab:default:alerts']))
})

for (let seed = 0; seed < 12; seed++) {
  test(`every crossing of a random day fires once among instances that come and go, seed ${seed}`, async () => {
    const random = randomFrom(seed)
    const { clock, told, open: start } = stage()
    // What an hour has on average, so that it is crossed often.
    const above = 1900
    const open = () => start([{ ...alerts[0], above }])
    const tabs = [await open(), await open(), await open()]
    const expected = []
    const spent = []
    for (let step = 0; step < 60; step++) {
      clock.now += Math.floor(random() * 20) * 60_000
      // Records of several instances at one moment, and then all of them look at once.
      for (let count = Math.floor(random() * 4); count > 0; count--) {
        const tokens = Math.floor(random() * 400)
        spent.push({ at: clock.now, tokens })
        tabs[Math.floor(random() * tabs.length)].record(call(tokens))
      }
      await Promise.all(tabs.map((tab) => tab.flush()))
      if (random() < 0.2) {
        const leaver = Math.floor(random() * tabs.length)
        tabs[leaver].dispose()
        tabs[leaver] = await open()
      }
      await Promise.all(tabs.map((tab) => tab.metrics.refresh()))
      const sum = spent.filter(({ at }) => at >= clock.now - 3_600_000).reduce((all, { tokens }) => all + tokens, 0)
      const isFiring = expected.at(-1) === 'firing'
      if (spent.length > 0 && sum > above !== isFiring) expected.push(isFiring ? 'resolved' : 'firing')
      assert.deepEqual(told, expected, `step ${step}: ${sum} tokens`)
    }
    assert.ok(expected.length > 1, 'the day has crossings')
  })
}

/** A store, a clock, what listeners were told, and a way to open an instance. */
function stage() {
  const store = mapStore({ late: true })
  const clock = { now }
  const told = []
  return {
    store,
    clock,
    told,
    async open(rules = alerts) {
      const one = await createTrimtab({ store, ids: false, alerts: rules, now: () => clock.now })
      one.on('alert', ({ state }) => told.push(state))
      return one
    },
  }
}
