// What axe says in Firefox, over WebDriver BiDi; the tests ask it in Chromium.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { firefox } from '../../scripts/setup/browsers.mjs'
import { table } from '../report.mjs'
import { pages } from './stage.mjs'

export async function measure() {
  const executablePath = firefox.find()
  if (!executablePath) return void console.log('\naxe in Firefox: skipped, there is no Firefox')
  const { default: puppeteer } = await import('puppeteer-core')
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const server = await pages()
  const figures = {}
  for (const scheme of ['light', 'dark']) {
    const extraPrefsFirefox = { 'layout.css.prefers-color-scheme.content-override': scheme === 'dark' ? 0 : 1 }
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true, extraPrefsFirefox })
    const page = await browser.newPage()
    for (const [name, address] of [
      ['dashboard', server.url],
      ['playground', new URL('./', server.url).href],
    ]) {
      await page.goto(address)
      await page.waitForSelector('main[aria-busy=false], #result[aria-busy=false]')
      if (name === 'dashboard') await showDemo(page)
      const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
      if (isDark !== (scheme === 'dark')) throw new Error(`Firefox does not show ${scheme}`)
      await page.evaluate(axe)
      const { violations } = await page.evaluate(() => globalThis.axe.run())
      for (const { id, nodes } of violations)
        console.log(`  ${name}, ${scheme}: ${id} ${nodes.map(({ target }) => target)}`)
      figures[`${name}, ${scheme}`] = violations.length
    }
    await browser.close()
  }
  await server.close()
  table('axe in Firefox (at most 0)', ['', 'violations'], Object.entries(figures))
  return figures
}

async function showDemo(page) {
  await page.click('#demo')
  await page.waitForSelector('#demo-banner:not([hidden])')
  await page.waitForSelector('#board[data-state=ready]')
}
