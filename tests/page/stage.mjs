// Puts the page on: the static server with its strict policy, Chromium, and a list of everything that went wrong.
import { chromium } from 'playwright-core'
import { publishedMounts } from '../../scripts/pages.mjs'
import { serve } from '../../scripts/serve.mjs'
import { chrome } from '../../scripts/setup/browsers.mjs'

/** Gives the reason why the page can't be tried here, or `false`. */
export const skip = chrome.find() ? false : 'no Chromium on PATH, and CHROME names none'

/**
 * Starts the server, with the pages in the folder `at`, and the browser. `open` gives a page in a fresh profile once it is
 * `ready`, and `close` ends all.
 */
export async function stage({ at = '/', page = '', ready = settled } = {}) {
  const server = await serve({ mounts: publishedMounts(at) })
  const url = new URL(at + page, server.url).href
  // Without its sandbox, which a root user and most containers don't have; the pages are ours.
  const browser = await chromium.launch({ executablePath: chrome.find(), chromiumSandbox: false })
  return {
    async open(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      })
      return visit(context, url, ready)
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

/** Opens the page in a context; `page.wrongs` collects errors, warnings and everything that the policy refuses. */
async function visit(context, url, ready) {
  const page = await context.newPage()
  page.wrongs = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) page.wrongs.push(message.text())
  })
  page.on('pageerror', (error) => page.wrongs.push(String(error)))
  page.on('dialog', (dialog) => {
    page.wrongs.push(`a dialog: ${dialog.message()}`)
    dialog.dismiss()
  })
  await page.goto(url)
  await ready(page)
  return page
}

/** Waits until the run under way has come to its end: the restore check for a result, or a panel. */
export async function settled(page) {
  await page.waitForFunction(() => {
    const busy = document.querySelector('#result').getAttribute('aria-busy') === 'true'
    const checking = document.querySelector('#out-restores').textContent.includes('checking')
    return !busy && !checking
  })
}

/** Does something that asks for a run, and waits for that run's end. */
export async function afterRun(page, act) {
  const runs = await runCount(page)
  await act()
  await page.waitForFunction((before) => Number(document.querySelector('#result').dataset.run ?? 0) > before, runs)
  await settled(page)
}

const runCount = (page) => page.$eval('#result', (result) => Number(result.dataset.run ?? 0))

/** The numbers in the read-out: tokens before and after. */
export async function tokens(page) {
  const text = await page.textContent('#out-tokens')
  const [before, after] = text.split('→').map((part) => Number(part.replace(/\D/g, '')))
  return { before, after }
}
