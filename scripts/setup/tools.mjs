// The tools that the project needs, in the order in which they are looked for. Each has a name, why it is needed,
// whether it is here, and the ways to get it, cheapest first; a way that fails leaves the turn to the next.
import { join } from 'node:path'
import { root } from '../paths.mjs'
import { chrome, chromedriver, firefox } from './browsers.mjs'
import { consumers, promtool } from './consumers.mjs'
import { npmPackages } from './npm.mjs'
import { bindings, librarySource, packer, toolchain } from './rust.mjs'

/** What building the package takes. */
export const buildTools = [
  npmPackages(root, 'the bundler, the type compiler and wasm-opt are among them'),
  toolchain,
  librarySource,
  bindings,
  packer,
]

/** What the tests take besides. */
export const testTools = [
  npmPackages(join(root, 'tests/runtimes'), 'the package is tried in runtimes and bundlers that come from npm'),
  chrome,
  chromedriver,
  firefox,
  consumers,
  promtool,
]
