// Opens a page in Firefox over WebDriver BiDi and prints what it reports: `node report.mjs <program> <url>`. A program of
// its own because the driver needs a newer Node than 20.
import puppeteer from 'puppeteer-core'

const [executablePath, url] = process.argv.slice(2)
const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true })
try {
  const page = await browser.newPage()
  const said = []
  page.on('console', (message) => said.push(message.text()))
  await page.goto(url)
  const found = await page.waitForSelector('[data-result]', { timeout: 30_000 }).catch(() => {
    throw new Error(`the page reported nothing:\n${said.join('\n')}`)
  })
  console.log(await found.evaluate((element) => element.getAttribute('data-result')))
} finally {
  await browser.close()
}
