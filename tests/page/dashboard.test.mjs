// The dashboard in Chromium: what it shows, keeps, takes in and gives out.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { violations } from './axe.mjs'
import { ready, showsDemo } from './board.mjs'
import { skip, stage } from './stage.mjs'

const kpiValue = (page, id) => page.textContent(`#kpi-${id} .kpi-value`)

describe('the dashboard', { skip }, () => {
  let show
  before(async () => {
    show = await stage({ page: 'dashboard.html', ready })
  })
  after(() => show?.close())

  test('says that nothing is measured yet, and offers a way on', async () => {
    const page = await show.open()
    assert.equal(await page.getAttribute('#board', 'data-state'), 'empty')
    assert.equal(await page.isVisible('#empty'), true)
    assert.equal(await kpiValue(page, 'reduction'), '–')
    assert.deepEqual(page.wrongs, [])
    await page.context().close()
  })

  test('shows what another tab measured, without being asked', async () => {
    const page = await show.open()
    const other = await page.context().newPage()
    await other.goto(page.url())
    await other.evaluate(measure, 3)
    await page.waitForFunction(() => document.querySelector('#board').dataset.state === 'ready')
    assert.match(await page.textContent('#kpi-reduction .kpi-note'), /3 prompts/)
    await page.click('#live')
    assert.equal(await page.getAttribute('#live', 'aria-pressed'), 'false')
    await other.evaluate(measure, 2)
    assert.match(await page.textContent('#kpi-reduction .kpi-note'), /3 prompts/)
    await page.click('#live')
    await page.waitForFunction(() => /5 prompts/.test(document.querySelector('#kpi-reduction .kpi-note').textContent))
    await page.context().close()
  })

  test('names all that it loads in its head, so that nothing waits for what names it', async () => {
    const page = await show.open()
    const { loaded, named } = await page.evaluate(() => ({
      loaded: performance.getEntriesByType('resource').map(({ name }) => name),
      named: [...document.querySelectorAll('head [href], head [src]')].map((one) => one.href || one.src),
    }))
    // The package's own parts have names that change with each build.
    const ours = loaded.filter((name) => !/\/pkg\/[^/]+\.js$/.test(name))
    assert.deepEqual(
      ours.filter((name) => !named.includes(name)),
      [],
    )
    const missed = named.filter((name) => !loaded.includes(name) && !name.endsWith('.svg'))
    assert.deepEqual(missed, [], 'nothing is named in vain')
    await page.context().close()
  })

  test('marks demo data as such, and leaves what was measured alone', async () => {
    const page = await show.open()
    await showsDemo(page)
    assert.equal(await page.isVisible('#demo-banner'), true)
    assert.match(await page.textContent('#demo-banner'), /generated, not measured/)
    await page.click('#demo-end')
    await page.waitForFunction(() => document.querySelector('#board').dataset.state === 'empty')
    assert.equal(await page.isVisible('#demo-banner'), false)
    await page.context().close()
  })

  test('a window, a model and a tier narrow every figure', async () => {
    const page = await show.open()
    await showsDemo(page)
    const prompts = async () =>
      Number((await page.textContent('#kpi-reduction .kpi-note')).match(/in ([\d,]+)/)[1].replaceAll(',', ''))
    await page.check('input[name=hours][value="720"]', { force: true })
    const month = await prompts()
    await page.selectOption('#filter-model', 'gpt-5')
    const one = await prompts()
    assert.ok(one > 0 && one < month, `${one} of ${month}`)
    await page.selectOption('#filter-tier', 'complete')
    const less = await prompts()
    assert.ok(less > 0 && less < one, `${less} of ${one}`)
    await page.context().close()
  })

  test('a brushed stretch narrows the figures until it is cleared, by pointer and by fields', async () => {
    const page = await show.open()
    await showsDemo(page)
    const note = () => page.textContent('#kpi-reduction .kpi-note')
    const whole = await note()
    await page.locator('#plot-tokens').scrollIntoViewIfNeeded()
    const box = await page.locator('#plot-tokens .u-over').boundingBox()
    await page.mouse.move(box.x + box.width * 0.3, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.6, box.y + 40, { steps: 5 })
    await page.mouse.up()
    assert.equal(await page.isVisible('#range'), true)
    assert.notEqual(await note(), whole)
    await page.click('#range-clear')
    assert.equal(await note(), whole)
    const last = await page.$eval('#brush-from', (field) => field.options[field.options.length - 2].value)
    await page.selectOption('#brush-from', last)
    assert.notEqual(await note(), whole)
    await page.context().close()
  })

  test('every chart has a table that says the same', async () => {
    const page = await show.open()
    await showsDemo(page)
    for (const id of ['tokens', 'latency', 'rates', 'cost']) {
      await page.click(`details:has(#table-${id}) > summary`)
      // The table is made in a task of its own, after the click.
      await page.locator(`#table-${id} tbody tr`).nth(5).waitFor()
      assert.equal(await page.getAttribute(`#plot-${id}`, 'role'), 'img')
      assert.match(await page.getAttribute(`#plot-${id}`, 'aria-label'), /\d/)
    }
    await page.context().close()
  })

  test('a threshold that is set fires, is kept with the metrics, and goes when it is taken away', async () => {
    const page = await show.open()
    await page.evaluate(measure, 25)
    await page.reload()
    await ready(page)
    assert.match(await page.textContent('#kpi-reduction .kpi-note'), /25 prompts/)
    await page.click('#alerts-edit > summary')
    await page.fill('#alerts-form [aria-label^="Savings rate"]', '99')
    await page.check('#alerts-form label:has-text("Savings rate") input')
    await page.waitForSelector('.alert[data-state=firing]')
    assert.equal(await page.textContent('#alerts-count'), '1 firing')
    await page.waitForSelector('#alerts[data-kept=yes]')
    await page.reload()
    await ready(page)
    await page.click('#alerts-edit > summary')
    assert.equal(await page.inputValue('#alerts-form [aria-label^="Savings rate"]'), '99')
    await page.uncheck('#alerts-form label:has-text("Savings rate") input')
    assert.equal(await page.textContent('#alerts-count'), 'none')
    await page.context().close()
  })

  test('what is exported can be imported elsewhere', async () => {
    const page = await show.open()
    await showsDemo(page)
    const [download] = await Promise.all([page.waitForEvent('download'), page.selectOption('#export', 'json')])
    const json = await readFile(await download.path(), 'utf8')
    const before = await kpiValue(page, 'reduction')
    const fresh = await show.open()
    await fresh.setInputFiles('#import', {
      name: 'metrics.json',
      mimeType: 'application/json',
      buffer: Buffer.from(json),
    })
    await fresh.waitForFunction(() => document.querySelector('#board').dataset.state === 'ready')
    assert.equal(await kpiValue(fresh, 'reduction'), before)
    assert.match(await fresh.textContent('#origin'), /imported file/)
    await fresh.setInputFiles('#import', {
      name: 'x.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"no":'),
    })
    await fresh.waitForSelector('#trouble:not([hidden])')
    assert.equal(await kpiValue(fresh, 'reduction'), before, 'what was shown stays')
    for (const open of [page, fresh]) await open.context().close()
  })

  test('hostile names are text', async () => {
    const page = await show.open()
    await page.evaluate(measure, 1)
    await page.evaluate(hostile)
    await page.reload()
    await ready(page)
    assert.match(await page.textContent('#consumers'), /<img/)
    assert.equal(await page.locator('#board img').count(), 0)
    assert.deepEqual(page.wrongs, [])
    await page.context().close()
  })

  test('opens again without a network', async () => {
    const page = await show.open({ serviceWorkers: 'allow' })
    await page.waitForSelector('html[data-offline=yes]', { state: 'attached' })
    await page.context().setOffline(true)
    await page.reload()
    await ready(page)
    assert.equal(await page.getAttribute('#board', 'data-state'), 'empty')
    await page.context().close()
  })

  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 375]) {
      test(`axe finds nothing in ${colorScheme} at ${width} pixels, empty and full`, async () => {
        const page = await show.open({ colorScheme, viewport: { width, height: 900 } })
        const clean = async (state) => {
          assert.deepEqual(await violations(page), [], state)
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          assert.ok(overflow <= 0, `${state}: ${overflow} pixels too wide`)
        }
        await clean('empty')
        await showsDemo(page)
        await page.click('#alerts-edit > summary')
        await page.click('details:has(#table-tokens) > summary')
        await clean('full')
        await page.context().close()
      })
    }
  }
})

async function measure(times) {
  const { createTrimtab } = await import('/pkg/url.js')
  const trimtab = await createTrimtab({ namespace: 'playground', ids: false })
  for (let at = 0; at < times; at++) {
    await trimtab.optimize(
      JSON.stringify(Array.from({ length: 20 }, (_, row) => ({ id: row * (at + 1), name: 'a name' }))),
    )
  }
  await trimtab.flush()
  trimtab.dispose()
}

async function hostile() {
  const { createTrimtab } = await import('/pkg/url.js')
  const trimtab = await createTrimtab({ namespace: 'playground', ids: false })
  const user = '<img src=x onerror=alert(1)>'
  trimtab.record({ model: user, user, usage: { prompt_tokens: 9_000, completion_tokens: 1 } })
  await trimtab.flush()
  trimtab.dispose()
}
