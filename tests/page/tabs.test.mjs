// Two tabs of one origin and one store: what concerns both happens once.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { skip, stage } from './stage.mjs'

describe('two tabs', { skip }, () => {
  let show
  let tabs
  before(async () => {
    show = await stage()
    const first = await show.open()
    tabs = [first, await first.context().newPage()]
    await tabs[1].goto(first.url())
    for (const tab of tabs) await tab.evaluate(open)
  })
  after(() => show?.close())

  const inBoth = (run, argument) => Promise.all(tabs.map((tab) => tab.evaluate(run, argument)))
  const told = async () => (await inBoth(() => globalThis.told)).flat()

  test('that cross a threshold at one moment tell of it once', async () => {
    await inBoth(record, 5000)
    assert.deepEqual(await told(), ['firing 1000'])
    await inBoth(record, 1)
    assert.deepEqual(await told(), ['firing 1000'])
  })

  test('of which neither is across alone tell of it once, without being asked', async () => {
    await inBoth(record, 6000)
    await tabs[0].waitForFunction(() => globalThis.past().length === 2)
    await tabs[1].waitForFunction(() => globalThis.past().length === 2)
    assert.deepEqual((await told()).sort(), ['firing 1000', 'firing 20000'])
  })

  test('tell once that it is over', async () => {
    await inBoth(() => {
      globalThis.clock += 2 * 3_600_000
    })
    await inBoth(record, 1)
    assert.deepEqual((await told()).sort(), ['firing 1000', 'firing 20000', 'resolved 1000', 'resolved 20000'])
  })

  test('keep it over a reload', async () => {
    await inBoth(record, 30_000)
    assert.equal((await told()).length, 6)
    await tabs[0].reload()
    await tabs[0].evaluate(open)
    await tabs[0].evaluate((hours) => {
      globalThis.clock += hours * 3_600_000
    }, 2)
    await tabs[0].evaluate(record, 0)
    assert.deepEqual(await tabs[0].evaluate(() => globalThis.past().length), 6)
    assert.deepEqual(await tabs[0].evaluate(() => globalThis.told), [])
  })
})

async function open() {
  const { createTrimtab } = await import('/pkg/index.js')
  const alerts = [1000, 20_000].map((above) => ({ rule: 'tokens', above, window: '1h', cooldown: 0 }))
  globalThis.clock = Date.UTC(2026, 8, 23, 12)
  globalThis.told = []
  globalThis.trimtab = await createTrimtab({ namespace: 'tabs', ids: false, alerts, now: () => globalThis.clock })
  globalThis.past = () => globalThis.trimtab.alerts.history()
  globalThis.trimtab.on('alert', ({ state, threshold }) => globalThis.told.push(`${state} ${threshold}`))
}

async function record(tokens) {
  globalThis.trimtab.record({ model: 'gpt-5', usage: { input_tokens: tokens, output_tokens: 0 } })
  await globalThis.trimtab.flush()
}
