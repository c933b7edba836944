// Ten thousand entries kept in a real browser's IndexedDB: writing them in batches, and starting with them.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { chromium } from 'playwright-core'
import { chrome } from '../../scripts/setup/browsers.mjs'
import { median, short } from '../report.mjs'

const entries = 10_000
const types = { '.js': 'text/javascript', '.wasm': 'application/wasm' }

export async function start({ pkg, quick }) {
  const executablePath = chrome.find()
  if (!executablePath) return console.log('start: skipped, there is no Chromium')
  const server = await serve(pkg)
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false })
  try {
    // One context: pages of different ones do not share what they store.
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(server.url)
    const written = await page.evaluate(write, entries)
    const starts = []
    for (let round = 0; round < (quick ? 3 : 9); round++) {
      // A new page each time: nothing of the last one is in memory.
      const fresh = await context.newPage()
      await fresh.goto(server.url)
      starts.push(await fresh.evaluate(open))
      await fresh.close()
    }
    return print(browser.version(), written, starts)
  } finally {
    await browser.close()
    server.close()
  }
}

async function write(entries) {
  const { createTrimtab } = await import('/index.js')
  const trimtab = await createTrimtab({ store: 'indexeddb', ids: false })
  for (let at = 0; at < entries; at++) await trimtab.cache.set(`key ${at}`, { at, text: 'lorem ipsum '.repeat(20) })
  const begun = performance.now()
  await trimtab.flush()
  return performance.now() - begun
}

/** How long an instance takes to be ready, its core and vocabulary being there already, and whether it has the entries. */
async function open() {
  const { createTrimtab } = await import('/index.js')
  await createTrimtab({ store: 'memory', ids: false })
  const begun = performance.now()
  const trimtab = await createTrimtab({ store: 'indexeddb', ids: false })
  const ready = performance.now() - begun
  const last = await trimtab.cache.get('key 9999')
  return { ready, found: last?.at === 9_999, first: performance.now() - begun, size: trimtab.cache.stats.size }
}

function print(version, written, starts) {
  const ready = median(starts.map((start) => start.ready))
  const first = median(starts.map((start) => start.first))
  const each = (1_000 * written) / entries
  console.log(`\nChromium ${version}, ${entries} entries in IndexedDB`)
  console.log(`  written in one batch: ${short(each)} µs an entry`)
  console.log(`  warm start: ready after ${short(ready)} ms, the first value read after ${short(first)} ms`)
  if (starts.some((start) => !start.found)) throw new Error('an entry was not there after a start')
  return { microsecondsAnEntry: each, readyMs: ready, firstValueMs: first }
}

async function serve(folder) {
  const server = createServer(async ({ url }, response) => {
    const path = url === '/' ? undefined : join(folder, decodeURIComponent(url))
    const body = path ? await readFile(path).catch(() => undefined) : '<!doctype html><title>bench</title>'
    const type = types[extname(path ?? '')] ?? 'text/html'
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': type }).end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() }
}
