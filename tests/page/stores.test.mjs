// What a browser keeps is there after a reload, in each of its stores.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { skip, stage } from './stage.mjs'

describe('the stores of a browser', { skip }, () => {
  let show
  let page
  before(async () => {
    show = await stage()
    page = await show.open()
  })
  after(() => show?.close())

  for (const store of ['indexeddb', 'localstorage', 'auto']) {
    test(`${store} keeps values, omissions and metrics over a reload`, async () => {
      const namespace = `stores-${store}`
      const written = await page.evaluate(write, { store, namespace })
      assert.equal(written.store, store === 'auto' ? 'indexeddb' : store)
      await page.reload()
      const read = await page.evaluate(check, { store, namespace, ...written })
      assert.deepEqual(read.value, { kept: [1, 'two'] })
      assert.equal(read.restored, written.source)
      assert.equal(read.operations, 1)
    })
  }
})

async function write({ store, namespace }) {
  const { createTrimtab } = await import('/pkg/index.js')
  const trimtab = await createTrimtab({ store, namespace })
  const source = Array.from({ length: 30 }, (_, i) => `Berth ${i} is ${i + 3} metres deep.`).join(' ')
  const { text } = await trimtab.optimize(source, { query: 'How deep is berth 7?', budget: 60 })
  await trimtab.cache.set('value', { kept: [1, 'two'] })
  await trimtab.flush()
  return { store: trimtab.store, source, text }
}

async function check({ store, namespace, text }) {
  const { createTrimtab } = await import('/pkg/index.js')
  const trimtab = await createTrimtab({ store, namespace })
  return {
    value: await trimtab.cache.get('value'),
    restored: await trimtab.restore(text),
    operations: trimtab.metrics.snapshot().operations,
  }
}
