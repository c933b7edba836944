// The speeds in headless Chromium: a page with the same peers, texts and clockwork as under Node.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { root, target } from '../../scripts/paths.mjs'
import { chrome } from '../../scripts/setup/browsers.mjs'
import { kept } from '../parts/speed.mjs'
import { speedTable } from '../report.mjs'
import { serve } from './serve.mjs'

export async function speed({ peers, corpora, quick }) {
  const executablePath = chrome.find()
  if (!executablePath) throw new Error('there is no Chromium on PATH, and CHROME names none')
  const folder = await bundle(peers)
  const texts = await corpora()
  const server = await serve(folder)
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false })
  try {
    const page = await browser.newPage()
    page.on('pageerror', (error) => console.error(String(error)))
    await page.goto(server.url)
    await page.evaluate((warm) => globalThis.bench.start(warm), texts.english.slice(-kept / 2))
    const fresh = {}
    const repeated = {}
    for (const [kind, text] of Object.entries(texts)) {
      const some = text.slice(0, quick ? 500_000 : -kept)
      const found = await page.evaluate((some) => globalThis.bench.run(some), some)
      fresh[kind] = found.fresh
      repeated[kind] = found.repeated
    }
    const version = browser.version()
    speedTable(
      `Chromium ${version}: fresh text, MB/s of UTF-8, medians over slices that nobody has counted before`,
      fresh,
    )
    speedTable(`Chromium ${version}: the same text again, MB/s`, repeated)
    return { fresh, repeated }
  } finally {
    await browser.close()
    server.close()
  }
}

/** A page's script with all peers in it, each loaded when asked for. */
async function bundle(peers) {
  const outdir = join(target, 'bench/page')
  const loaders = Object.entries(peers).map(
    ([name, { module }]) => `${JSON.stringify(name)}: () => import('./${module}')`,
  )
  const contents = `import { open } from './browser/page.mjs'\nglobalThis.bench = open({ ${loaders.join(', ')} })\n`
  await mkdir(outdir, { recursive: true })
  await build({
    stdin: { contents, resolveDir: join(root, 'bench') },
    outdir,
    entryNames: 'page',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
  })
  await writeFile(
    join(outdir, 'index.html'),
    '<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>',
  )
  return outdir
}
