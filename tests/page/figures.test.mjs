// The playground's figures: what was done is counted, and what is not known is not 0.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { afterRun, settled, skip, stage } from './stage.mjs'

describe('the figures', { skip }, () => {
  let show
  let page
  before(async () => {
    show = await stage()
    page = await show.open()
  })
  after(() => show?.close())

  const tile = async (name) => Number((await page.textContent(`#tile-${name}`)).replace(/[^\d.]/g, ''))

  test('count what was done', async () => {
    await page.waitForFunction(() => Number(document.querySelector('#tile-operations').textContent) > 0)
    const before = await tile('operations')
    await afterRun(page, () => page.click('[data-sample=buoy]'))
    await page.waitForFunction(
      (count) => Number(document.querySelector('#tile-operations').textContent) > count,
      before,
    )
    assert.ok((await tile('savings')) > 0)
    assert.match(await page.textContent('#tile-latency'), /\d/)
  })

  test('an unknown price is unpriced, never $0, and a known one is shown even where nothing is saved', async () => {
    const costOf = async (model) => {
      await afterRun(page, async () => {
        await page.fill('#model', model)
        await page.press('#model', 'Enter')
      })
      return page.textContent('#out-cost')
    }
    assert.equal(await costOf('gpt-2'), 'unpriced')
    await afterRun(page, () => page.fill('#source', 'A sentence that no form makes shorter.'))
    await afterRun(page, () => page.uncheck('#limited'))
    await afterRun(page, () => page.check('#tier-complete', { force: true }))
    const [before, after] = (await costOf('gpt-5')).split(' → ')
    assert.match(before, /^\$0\.\d*[1-9]|^\$[1-9]/)
    assert.equal(after, before)
  })

  test('the chart has a bar for this hour and none where nothing happened', async () => {
    assert.equal(await page.locator('#chart .bar-after').count(), 1)
    assert.equal(await page.locator('#chart .bar-none').count(), 23)
    assert.match(await page.getAttribute('#chart svg', 'aria-label'), /1 of 24 hours/)
  })

  test('the table says the same as the chart', async () => {
    await page.click('.hours summary')
    const rows = await page.$$eval('#chart-table tbody tr', (rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent)),
    )
    assert.equal(rows.length, 24)
    assert.deepEqual(rows[0].slice(1), ['–', '–', '–'])
    assert.match(rows[23][1], /\d/)
  })

  test('come back after the page is loaded again', async () => {
    const before = await tile('operations')
    assert.ok(before >= 2)
    await page.waitForSelector('#figures[data-kept="yes"]')
    await page.reload()
    await settled(page)
    await page.waitForFunction(
      (count) => Number(document.querySelector('#tile-operations').textContent) > count,
      before,
    )
  })

  test('can be taken along as CSV and JSON', async () => {
    for (const format of ['csv', 'json']) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`#export-${format}`)])
      assert.equal(download.suggestedFilename(), `trimtab-metrics.${format}`)
      assert.ok((await readFile(await download.path(), 'utf8')).length > 20)
    }
  })

  test('nothing was said on the console', () => assert.deepEqual(page.wrongs, []))
})

describe('a browser that refuses storage', { skip }, () => {
  let show
  before(async () => {
    show = await stage()
  })
  after(() => show?.close())

  test('still gets its answer, and is told that figures do not last', async () => {
    const page = await show.open({ serviceWorkers: 'block' })
    await page.addInitScript(() => {
      for (const name of ['indexedDB', 'localStorage']) {
        Object.defineProperty(globalThis, name, {
          get: () => {
            throw new DOMException('refused', 'SecurityError')
          },
        })
      }
    })
    await page.reload()
    await settled(page)
    assert.match(await page.textContent('#out-tokens'), /\d/)
    await page.waitForFunction(() =>
      document.querySelector('#figures-note').textContent.includes('until this page is left'),
    )
  })
})
