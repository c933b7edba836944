// What a first visit loads beside the package, gzipped file by file.
import { gzipSync } from 'node:zlib'
import { short, table } from '../report.mjs'
import { launch, pages } from './stage.mjs'

const most = 80_000

export async function measure() {
  const browser = await launch()
  if (!browser) return void console.log('\nSize: skipped, there is no Chromium')
  const server = await pages()
  const page = await browser.newPage({ serviceWorkers: 'block' })
  const urls = new Set()
  page.on('response', (response) => urls.add(response.url()))
  await page.goto(server.url, { waitUntil: 'networkidle' })
  await browser.close()
  const sizes = new Map()
  for (const url of urls) {
    const { pathname } = new URL(url)
    // Asked for again: a browser does not always give the body of what it has preloaded.
    if (!pathname.startsWith('/pkg/')) sizes.set(pathname, gzipSync(await (await fetch(url)).arrayBuffer()).length)
  }
  await server.close()
  const kinds = [...new Set([...sizes.keys()].map(kindOf))]
  const rows = kinds.map((kind) => {
    const files = [...sizes].filter(([path]) => kindOf(path) === kind)
    return [kind, files.length, sum(files)]
  })
  const total = sum([...sizes])
  table(
    `The dashboard without the package, KB gzip (at most ${most / 1000})`,
    ['', 'files', 'KB'],
    [...rows, ['all', sizes.size, total]].map(([kind, files, bytes]) => [kind, files, short(bytes / 1000)]),
  )
  return { 'bytes, gzip': total, files: sizes.size }
}

const kindOf = (path) => path.split('.').at(-1)
const sum = (files) => files.reduce((bytes, [, size]) => bytes + size, 0)
