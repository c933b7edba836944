// The pages inside the package, for `npx trimtab serve`: those of www/, each with one file of styles and one for each of
// its scripts, since every file is a request that waits for its turn. The charts' library lies beside them.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, transform } from 'esbuild'
import { generatedBy } from '../generated.mjs'
import { vendor } from '../pages.mjs'
import { pkg, www } from '../paths.mjs'

const pages = ['index.html', 'dashboard.html']
const asTheyAre = ['favicon.svg', 'offline.js']
const library = 'uPlot.iife.min.js'
const out = join(pkg, 'www')

export async function buildPages() {
  await mkdir(join(out, 'vendor'), { recursive: true })
  await copyFile(join(vendor, library), join(out, 'vendor', library))
  await Promise.all(asTheyAre.map((name) => copyFile(join(www, name), join(out, name))))
  const documents = await Promise.all(pages.map((name) => readFile(join(www, name), 'utf8')))
  await bundle([...new Set(documents.flatMap((html) => named(html, scriptTag)))].filter((name) => !isLibrary(name)))
  for (const [place, name] of pages.entries()) await writePage(name, documents[place])
}

const styleLink = /^ *<link rel="stylesheet" href="([^"]+)" \/>\n/gm
const scriptTag = /<script [^>]*src="([^"]+)"/g
const preload = /<link rel="modulepreload" href="(\.\.\/pkg\/[^"]+)"/g

const named = (html, pattern) => [...html.matchAll(pattern)].map(([, name]) => name)
const isLibrary = (name) => name.startsWith('vendor/')
const beside = '../pkg/'

/** Bundles scripts, all but the one that loads the package: it is there before the others. */
const bundle = (scripts) =>
  build({
    entryPoints: scripts.map((name) => join(www, name)),
    outdir: out,
    outbase: www,
    format: 'esm',
    bundle: true,
    minify: true,
    legalComments: 'none',
    banner: { js: generatedBy },
    target: 'es2022',
    plugins: [packageApart],
    logLevel: 'warning',
  })

/** The page's scripts lie where they lay, so that the ways between them stay what they were. */
const packageApart = {
  name: 'package-apart',
  setup({ onResolve }) {
    onResolve({ filter: /(^|\/)package\.js$|\/pkg\// }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path, external: true },
    )
  },
}

async function writePage(name, html) {
  const styles = name.replace(/html$/, 'css')
  await writeStyles(styles, named(html, styleLink))
  const bare = html.replace(styleLink, '').replace(/^ *<script /m, `    <link rel="stylesheet" href="${styles}" />\n$&`)
  await writeFile(join(out, name), await withParts(bare))
}

/** Names the parts of what a page has loaded of the package beside it, so that they come at once. */
async function withParts(html) {
  const parts = await Promise.all(named(html, preload).map(partsOf))
  const links = [...new Set(parts.flat())].map((part) => `      <link rel="modulepreload" href="${part}" />\n`)
  return html.replace(/^ *<\/template>/m, `${links.join('')}$&`)
}

async function writeStyles(name, files) {
  const from = (file) => (isLibrary(file) ? join(vendor, file.slice('vendor/'.length)) : join(www, file))
  const sheets = await Promise.all(files.map((file) => readFile(from(file), 'utf8')))
  const { code } = await transform(sheets.join('\n'), { loader: 'css', minify: true })
  await writeFile(join(out, name), `/*${generatedBy.slice(2).trimEnd()} */\n${code}`)
}

/** The files that a file of the package imports, whose names change with each build. */
async function partsOf(file) {
  const code = await readFile(join(pkg, file.slice(beside.length)), 'utf8')
  return named(code, /(?:from|import)"\.\/([^"]+\.js)"/g).map((name) => beside + name)
}
