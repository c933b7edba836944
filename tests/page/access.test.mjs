// Who uses the keyboard, a narrow screen or the dark can do all of it; axe has no objection.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { violations } from './axe.mjs'
import { afterRun, skip, stage } from './stage.mjs'

/** The states that a page can be in, each reached by what a person would do. */
const states = {
  'with a result': async () => {},
  'with places expanded': async (page) => {
    await page.locator('#result .chip').first().click()
    await page.locator('.omission button').first().click()
    await page.waitForSelector('.brought-back')
    await page.waitForSelector('.omission-text')
    await page.click('.hours summary')
  },
  empty: (page) => afterRun(page, () => page.click('#clear')),
  'in trouble': async (page) => {
    await afterRun(page, () => page.click('[data-sample=harbour]'))
    await afterRun(page, () => page.fill('#budget', '0'))
  },
}

describe('access', { skip }, () => {
  let show
  before(async () => {
    show = await stage()
  })
  after(() => show?.close())

  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 375]) {
      test(`axe finds nothing in ${colorScheme} at ${width} pixels`, async () => {
        const page = await show.open({ colorScheme, viewport: { width, height: 900 } })
        for (const [state, reach] of Object.entries(states)) {
          await reach(page)
          assert.deepEqual(await violations(page), [], state)
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          assert.ok(overflow <= 0, `${state}: ${overflow} pixels too wide`)
        }
        await page.context().close()
      })
    }
  }

  test('the toggle turns dark and back, and the choice is kept', async () => {
    const page = await show.open({ colorScheme: 'light' })
    const sea = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await sea()
    await page.click('#theme')
    await page.click('#theme')
    assert.equal(await page.textContent('#theme-label'), 'Theme: dark')
    const dark = await sea()
    assert.notEqual(dark, light)
    await page.reload()
    assert.equal(await sea(), dark)
  })

  test('the keyboard alone does all of it', async () => {
    const page = await show.open()
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className)
    await page.keyboard.press('Tab')
    assert.equal(await focused(), 'skip')
    await page.keyboard.press('Enter')
    assert.equal(await focused(), 'source')
    const reach = async (wanted, most = 30) => {
      for (let presses = 0; presses < most; presses++) {
        if ((await focused()) === wanted) return
        await page.keyboard.press('Tab')
      }
      assert.fail(`${wanted} can't be reached`)
    }
    await reach('result')
    await reach('chip')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.brought-back')
    await page.focus('#tier-auto')
    await afterRun(page, () => page.keyboard.press('ArrowRight'))
    assert.equal(await page.textContent('#tier-used'), 'essential')
    await page.focus('#share')
    const share = Number(await page.inputValue('#share'))
    await afterRun(page, () => page.keyboard.press('ArrowRight'))
    assert.equal(Number(await page.inputValue('#share')), share + 1)
    await page.focus('#source')
    await afterRun(page, () => page.keyboard.press('Control+Enter'))
    assert.equal(await page.textContent('#out-restores'), 'yes')
  })

  test('what has the focus can be seen', async () => {
    const page = await show.open()
    for (const id of ['query', 'model', 'budget', 'share', 'source', 'result', 'theme']) {
      await page.focus(`#${id}`)
      await page.keyboard.press('Shift')
      const style = await page.$eval(`#${id}`, (element) => getComputedStyle(element).outlineStyle)
      assert.equal(style, 'solid', id)
    }
  })

  test('nothing moves while the page loads and works', async () => {
    const page = await show.open()
    const shift = await page.evaluate(
      () =>
        new Promise((resolve) => {
          let sum = 0
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += entry.value
          }).observe({ type: 'layout-shift', buffered: true })
          // Buffered entries are handed over in a task of their own, before the second frame.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
        }),
    )
    assert.ok(shift < 0.02, `layout shift ${shift}`)
  })
})
