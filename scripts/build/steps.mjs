// The steps of the build, in order; each gets what the steps before it made.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pkg } from '../paths.mjs'
import { buildCore } from './core.mjs'
import { buildJavaScript } from './javascript.mjs'
import { buildManifest } from './manifest.mjs'
import { buildPacks } from './packs.mjs'
import { buildTypes } from './types.mjs'

export const steps = [
  { name: 'core', title: 'the core, from Rust to WebAssembly', make: buildCore },
  { name: 'packs', title: 'the vocabulary packs', make: buildPacks },
  { name: 'folder', title: 'an empty pkg/', make: emptyFolder },
  { name: 'wasm', title: 'core.wasm', make: ({ core }) => writeFile(join(pkg, 'core.wasm'), core) },
  { name: 'javascript', title: 'the entries', make: buildJavaScript },
  { name: 'types', title: 'the type declarations', make: buildTypes },
  { name: 'manifest', title: 'package.json and the documents', make: buildManifest },
]

// Only now, so that a core that doesn't compile leaves the package of before in place.
async function emptyFolder() {
  await rm(pkg, { recursive: true, force: true })
  await mkdir(join(pkg, 'packs'), { recursive: true })
}
