// How long the dashboard takes to show what is in the store, and to show it another way.
import { median, short, table } from '../report.mjs'
import { fill, launch, pages } from './stage.mjs'

const rounds = 5

export async function measure({ counts }) {
  const browser = await launch()
  if (!browser) return void console.log('\nRendering: skipped, there is no Chromium')
  const server = await pages()
  const figures = {}
  const rows = []
  for (const count of counts) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    await context.addInitScript(noteReady)
    const first = await context.newPage()
    await first.goto(new URL('./', server.url).href)
    const added = await first.evaluate(fill, count)
    await first.close()
    const cold = []
    const drawn = []
    const filtered = []
    const windows = []
    const both = []
    for (let round = 0; round < rounds; round++) {
      const page = await context.newPage()
      await page.goto(server.url)
      await page.waitForFunction(() => globalThis.drawnAt !== undefined, undefined, { timeout: 120_000 })
      cold.push(await page.evaluate(() => globalThis.shownAt))
      drawn.push(await page.evaluate(() => globalThis.drawnAt))
      filtered.push(await page.evaluate(choose, ['#filter-model', 'gpt-5']))
      await page.evaluate(choose, ['#filter-model', ''])
      windows.push(await page.evaluate(choose, ['[name=hours][value="720"]', '720']))
      both.push(await page.evaluate(choose, ['#filter-model', 'gpt-5']))
      await page.close()
    }
    await context.close()
    figures[added] = {
      'cold, ms': median(cold),
      'first chart, ms': median(drawn),
      'filter, ms': median(filtered),
      '30 days, ms': median(windows),
      'filter of 30 days, ms': median(both),
    }
    rows.push([String(added), ...Object.values(figures[added]).map(short)])
  }
  await browser.close()
  await server.close()
  table(
    'Showing, ms, median of five (cold at most 300 for 100,000 and 1,000 for a million; filter at most 50 for 100,000)',
    [
      'records',
      'from opening to figures',
      'to the first chart',
      'one model of 24 hours',
      '30 days',
      'one model of 30 days',
    ],
    rows,
  )
  return figures
}

/** Notes when the figures and the first chart are there, in ms since the page was asked for; it runs in the page before anything else. */
function noteReady() {
  const look = () => {
    if (document.querySelector('#board')?.dataset.state === 'ready') globalThis.shownAt ??= performance.now()
    if (document.querySelector('#plot-tokens canvas')) globalThis.drawnAt ??= performance.now()
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ['data-state'] })
}

/** Chooses as a user does, and gives the ms until all is drawn. */
async function choose([selector, value]) {
  const field = document.querySelector(selector)
  const start = performance.now()
  if (field.type === 'radio') field.checked = true
  else field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
  // The charts are drawn in a microtask.
  await new Promise((resolve) => queueMicrotask(() => queueMicrotask(resolve)))
  return performance.now() - start
}
