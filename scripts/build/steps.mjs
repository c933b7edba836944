// The steps of the build, in order; each gets what the steps before it made.
import { writeFile } from 'node:fs/promises'
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
  { name: 'wasm', title: 'core.wasm', make: ({ core }) => writeFile(join(pkg, 'core.wasm'), core) },
  { name: 'javascript', title: 'the entries', make: buildJavaScript },
  { name: 'types', title: 'the type declarations', make: buildTypes },
  { name: 'manifest', title: 'package.json and the documents', make: buildManifest },
]
