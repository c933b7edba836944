// The WebAssembly modules, from Rust: compiled, bound and optimized by wasm-pack, into target/wasm.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../command.mjs'
import { glue, target, wasm } from '../paths.mjs'
import { librarySource } from '../setup/rust.mjs'
import { orderFunctions } from './order.mjs'

/** What is compiled, and each once with vectors and once for the runtimes of before 2023 that have none. */
const modules = [
  { name: 'core', crate: wasm },
  { name: 'counter', crate: join(wasm, 'counter') },
]
const variants = [
  { suffix: '', flags: '-C target-feature=+simd128' },
  { suffix: '-scalar', flags: '' },
]

// The standard library is compiled along, for size, and a panic is a trap without a message, which nobody would see: 6% of
// the core, with gzip. The compiler is pinned, so that it may be asked for what is unstable.
const small = {
  flags: '-Zunstable-options -Cpanic=immediate-abort',
  env: {
    RUSTC_BOOTSTRAP: '1',
    CARGO_UNSTABLE_BUILD_STD: 'std,panic_abort',
    CARGO_UNSTABLE_BUILD_STD_FEATURES: 'optimize_for_size',
  },
}
const asReleased = { flags: '', env: {} }

/** Builds the modules and resolves to `[{ name, bytes }]`. */
export async function buildModules() {
  const made = []
  const library = (await librarySource.isHere()) ? small : asReleased
  for (const { suffix, flags } of variants) {
    // Cargo builds everything anew when flags change, unless each set has its own folder.
    const folder = { CARGO_TARGET_DIR: join(target, `wasm32${suffix}`) }
    const env = { ...library.env, ...folder, CARGO_TERM_COLOR: 'never', RUSTFLAGS: `${library.flags} ${flags}` }
    for (const { name, crate } of modules) made.push(await buildModule(name, crate, suffix, env))
  }
  await Promise.all(modules.map(({ name }) => requireSameGlue(name)))
  return made
}

async function buildModule(name, crate, suffix, env) {
  const folder = join(glue, name + suffix)
  const output = ['--target', 'web', '--no-pack', '--out-dir', folder, '--out-name', name]
  // `no-install`: setup has put the binding generator and wasm-opt on PATH, so wasm-pack has nothing to download.
  await run('wasm-pack', ['build', crate, '--release', '--mode', 'no-install', ...output], { env })
  const path = join(folder, `${name}_bg.wasm`)
  await orderFunctions(path)
  return { name: name + suffix, bytes: await readFile(path) }
}

/** The package has one copy of the glue, so it has to fit both variants. */
async function requireSameGlue(name) {
  const [one, other] = await Promise.all(
    variants.map(({ suffix }) => readFile(join(glue, name + suffix, `${name}.js`), 'utf8')),
  )
  if (one !== other) throw new Error(`the glue of ${name} differs between the variants with and without vectors`)
}
