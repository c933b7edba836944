// What Lighthouse says of the dashboard, empty and with the demo's figures in the store.

import { chrome } from '../../scripts/setup/browsers.mjs'
import { table } from '../report.mjs'
import { fill, pages } from './stage.mjs'

const categories = ['performance', 'accessibility', 'best-practices']
const least = [0.98, 1, 1]

export async function measure() {
  const executablePath = chrome.find()
  if (!executablePath) return void console.log('\nLighthouse: skipped, there is no Chromium')
  const [{ default: lighthouse, desktopConfig }, { default: puppeteer }] = await Promise.all([
    import('lighthouse'),
    import('puppeteer-core'),
  ])
  const server = await pages({ packed: true })
  const figures = {}
  for (const [device, config] of [
    ['desktop', desktopConfig],
    ['phone', undefined],
  ]) {
    for (const count of [0, 4500]) {
      const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox'] })
      const page = await browser.newPage()
      if (count > 0) {
        await page.goto(new URL('./', server.url).href)
        await page.evaluate(fill, count)
      }
      const flags = { onlyCategories: categories, disableStorageReset: true, logLevel: 'error' }
      const { lhr } = await lighthouse(server.url, flags, config, page)
      const scores = categories.map((name) => lhr.categories[name].score)
      figures[`${device}, ${count} records`] = Object.fromEntries(categories.map((name, at) => [name, scores[at]]))
      for (const name of categories) sayMissed(lhr, name)
      await browser.close()
    }
  }
  await server.close()
  table(
    `Lighthouse (at least ${least.join(', ')})`,
    ['', ...categories],
    Object.entries(figures).map(([name, scores]) => [name, ...Object.values(scores).map((score) => score.toFixed(2))]),
  )
  return figures
}

/** Names what kept a score from being full. */
function sayMissed({ audits, categories }, category) {
  for (const { id, weight } of categories[category].auditRefs) {
    const { score, title, displayValue } = audits[id]
    if (weight > 0 && score !== null && score < 0.9) console.log(`  ${category}: ${title} ${displayValue ?? ''}`)
  }
}
