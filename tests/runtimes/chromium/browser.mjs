// Opens a page in the Chromium at hand and waits for what it reports.
import { chromium } from 'playwright-core'
import { chrome } from '../../../scripts/setup/browsers.mjs'

/** Gives the reason why there is no Chromium, or `undefined`. */
export const needsChromium = () => (chrome.find() ? undefined : 'no Chromium on PATH, and CHROME names none')

/** Opens `url` and resolves to the page's `data-result`; what the console said is in the error if none comes. */
export async function report(url) {
  // Without its sandbox, which a root user and most containers don't have; the pages are ours.
  const browser = await chromium.launch({ executablePath: chrome.find(), chromiumSandbox: false })
  try {
    const page = await browser.newPage()
    const said = []
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(String(error)))
    await page.goto(url)
    const found = await page.waitForSelector('[data-result]', { state: 'attached', timeout: 30_000 }).catch(() => {
      throw new Error(`the page reported nothing:\n${said.join('\n')}`)
    })
    return await found.getAttribute('data-result')
  } finally {
    await browser.close()
  }
}
