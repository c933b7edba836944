import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import cl100k_base from 'trimtab/packs/cl100k_base'
import o200k_base from 'trimtab/packs/o200k_base'
import * as slim from 'trimtab/slim'
import { check } from './check.mjs'

const wasm = await readFile(fileURLToPath(import.meta.resolve('trimtab/core.wasm')))
const createTrimtab = (options) => slim.createTrimtab({ wasm, packs: { o200k_base, cl100k_base }, ...options })
// The shared instance of these two has to come from somewhere: here the caller makes it.
const shared = await createTrimtab({ store: 'memory' })
const optimize = (content, options) => shared.optimize(content, options)
const countTokens = async (text) => shared.count(text)

console.log(await check({ createTrimtab, optimize, countTokens, estimate: slim.estimate }))
