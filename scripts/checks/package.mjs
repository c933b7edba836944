// The types of the packed package, as each way of resolving modules sees them.
import { attempt } from '../command.mjs'
import { pack } from '../pack.mjs'

// What is for ES modules only: a `require` of these gets the file, and Node says so; everything else must work in both.
const esmOnly = ['url', 'core.wasm', 'core-scalar.wasm']
// Of the wildcard, one of each kind.
const packs = ['packs/o200k_base', 'packs/o200k_base.count']

export const typesOfPackage = {
  name: 'are the types wrong',
  async run() {
    const tarball = await pack()
    const attw = (...args) => attempt('attw', [tarball, '--no-emoji', '--no-color', ...args])
    const runs = [
      await attw('--exclude-entrypoints', ...esmOnly, '--include-entrypoints', ...packs),
      await attw('--profile', 'esm-only', '--entrypoints', ...esmOnly),
    ]
    const passed = runs.filter(({ code }) => code === 0).length
    return { passed, failed: runs.length - passed, skipped: 0, output: runs.map(({ output }) => output).join('\n') }
  },
}
