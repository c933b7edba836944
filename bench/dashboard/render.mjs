// How long the dashboard takes to show what is in the store, and to show it another way, until what is asked for is right: the
// key figures and the first chart, which fill a screen, and all of the page.
import { median, short, table } from '../report.mjs'
import { canLaunch, fill, launchWithProfile, pages } from './stage.mjs'

const rounds = 5

export async function measure({ counts }) {
  if (!canLaunch()) return void console.log('\nRendering: skipped, there is no Chromium')
  const server = await pages()
  const figures = {}
  const rows = []
  for (const count of counts) {
    const browser = await launchWithProfile({ viewport: { width: 1280, height: 900 } })
    const { context } = browser
    await context.addInitScript(noteReady)
    const first = await context.newPage()
    await first.goto(new URL('./', server.url).href)
    const added = await first.evaluate(fill, count)
    await first.close()
    const times = []
    // The first visit is for the browser, to keep what it loads.
    await looked(context, server.url)
    for (let round = 0; round < rounds; round++) times.push(await looked(context, server.url))
    await browser.close()
    figures[added] = Object.fromEntries(
      Object.keys(times[0]).map((step) => [step, ['first', 'all', 'work'].map((part) => medianOf(times, step, part))]),
    )
    for (const [step, measured] of Object.entries(figures[added])) rows.push([added, step, ...measured.map(short)])
  }
  await server.close()
  table(
    'Showing, ms, median of five (opening at most 300 for 100,000 and 1,000 for a million; one model at most 50)',
    ['records', '', 'key figures and the first chart', 'the whole page', 'of it the main thread’s work'],
    rows,
  )
  return figures
}

const medianOf = (times, step, part) => median(times.map((one) => one[step][part]))

/** Opens the page and looks at it in several ways: `{ first, all, work }` in ms for each. */
async function looked(context, url) {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const work = workOf(session)
  await page.goto(url)
  await page.waitForFunction(() => globalThis.noted?.all !== undefined, undefined, { timeout: 120_000 })
  const times = { opening: { ...(await page.evaluate(() => globalThis.noted)), work: await work() } }
  for (const [name, ...choice] of [
    ['one model of 24 hours', '#filter-model', 'gpt-5'],
    ['24 hours', '#filter-model', ''],
    ['30 days', '[name=hours][value="720"]', '720'],
    ['one model of 30 days', '#filter-model', 'gpt-5'],
  ]) {
    await work()
    times[name] = { ...(await page.evaluate(choose, choice)), work: await work() }
  }
  // A browser keeps what it compiled once a page has been open for some seconds, as one that is read is.
  await page.waitForTimeout(3000)
  await page.close()
  return times
}

/** Gives the ms of the processor that the main thread has worked since it was asked before: others may be at work here. */
function workOf(session) {
  let before = 0
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const now = metrics.find(({ name }) => name === 'TaskDuration').value * 1000
    const since = now - before
    before = now
    return since
  }
}

/**
 * Notes in ms since the page was asked for when the key figures and the first chart are there, and when the whole page is; it
 * runs in the page before anything else.
 */
function noteReady() {
  globalThis.noted = {}
  const look = () => {
    const board = document.querySelector('#board')
    if (board?.dataset.state !== 'ready') return
    if (document.querySelector('#plot-tokens canvas')) globalThis.noted.first ??= performance.now()
    if (board.getAttribute('aria-busy') === 'false') globalThis.noted.all ??= performance.now()
  }
  const attributeFilter = ['data-state', 'aria-busy']
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter })
}

/** Chooses as a user does, and gives the ms until the key figures and the first chart are right, and until all is. */
async function choose([selector, value]) {
  const field = document.querySelector(selector)
  const start = performance.now()
  if (field.type === 'radio') field.checked = true
  else field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
  // The charts are drawn in a microtask.
  await new Promise((resolve) => queueMicrotask(() => queueMicrotask(resolve)))
  const first = performance.now() - start
  const board = document.querySelector('#board')
  while (board.getAttribute('aria-busy') === 'true') await new Promise((resolve) => setTimeout(resolve))
  return { first, all: performance.now() - start }
}
