// The Rust core: compiled, bound and optimized by wasm-pack, into target/wasm.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../command.mjs'
import { glue, wasm } from '../paths.mjs'

/** Builds the core and resolves to the bytes of the wasm module. */
export async function buildCore() {
  const output = ['--target', 'web', '--no-pack', '--out-dir', glue, '--out-name', 'trimtab']
  // `no-install`: setup has put the binding generator and wasm-opt on PATH, so wasm-pack has nothing to download.
  await run('wasm-pack', ['build', wasm, '--release', '--mode', 'no-install', ...output], {
    env: { CARGO_TERM_COLOR: 'never' },
  })
  return readFile(join(glue, 'trimtab_bg.wasm'))
}
