// The steps of the build, in order; each gets what the steps before it made.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pkg } from '../paths.mjs'
import { buildModules } from './core.mjs'
import { buildJavaScript } from './javascript.mjs'
import { buildManifest } from './manifest.mjs'
import { buildPacks } from './packs.mjs'
import { buildPages } from './pages.mjs'
import { buildTypes } from './types.mjs'

export const steps = [
  { name: 'modules', title: 'the core and the counter, from Rust to WebAssembly', make: buildModules },
  { name: 'packs', title: 'the vocabulary packs', make: buildPacks },
  { name: 'folder', title: 'an empty pkg/', make: emptyFolder },
  { name: 'wasm', title: 'the .wasm files', make: writeModules },
  { name: 'javascript', title: 'the entries', make: buildJavaScript },
  { name: 'types', title: 'the type declarations', make: buildTypes },
  { name: 'pages', title: 'the pages', make: buildPages },
  { name: 'manifest', title: 'package.json and the documents', make: buildManifest },
]

function writeModules({ modules }) {
  return Promise.all(modules.map(({ name, bytes }) => writeFile(join(pkg, `${name}.wasm`), bytes)))
}

// Only now, so that a core that doesn't compile leaves the package of before in place.
async function emptyFolder() {
  await rm(pkg, { recursive: true, force: true })
  await mkdir(join(pkg, 'packs'), { recursive: true })
}
