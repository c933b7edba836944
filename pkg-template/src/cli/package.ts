// The package as the command line loads it: the modules and packs lie beside it as files, and what is a file need be neither
// parsed as a module nor inflated.

import { readFile } from 'node:fs/promises'
import { provide } from '../runtime'

const beside = (name: string) => readFile(new URL(`./${name}`, import.meta.url)) as Promise<Uint8Array<ArrayBuffer>>

provide({
  core: (variant) => beside(`${variant()}.wasm`),
  counter: (variant) => beside(`${variant()}.wasm`),
  // Only what is listed comes here: a name is an encoding's, which the module knows.
  pack: (name) => beside(`packs/${name}.bin`),
})

export { countTokens } from '../shared'
export { createTrimtab } from '../trimtab'
