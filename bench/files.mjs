// Files that peers ask for, by name: `target/…` of this repository, else a file of a package of bench/node_modules.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../scripts/paths.mjs'

export const pathOf = (name) =>
  name.startsWith('target/') ? join(root, name) : fileURLToPath(import.meta.resolve(name))

export const file = (name) => readFile(pathOf(name))
