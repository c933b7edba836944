// The WebAssembly modules, from Rust: compiled, bound and optimized by wasm-pack, into target/wasm.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../command.mjs'
import { glue, target, wasm } from '../paths.mjs'

/** What is compiled, and each once with vectors and once for the runtimes of before 2023 that have none. */
const modules = [
  { name: 'core', crate: wasm },
  { name: 'counter', crate: join(wasm, 'counter') },
]
const variants = [
  { suffix: '', flags: '-C target-feature=+simd128' },
  { suffix: '-scalar', flags: '' },
]

/** Builds the modules and resolves to `[{ name, bytes }]`. */
export async function buildModules() {
  const made = []
  for (const { suffix, flags } of variants) {
    // Cargo builds everything anew when flags change, unless each set has its own folder.
    const env = { CARGO_TERM_COLOR: 'never', RUSTFLAGS: flags, CARGO_TARGET_DIR: join(target, `wasm32${suffix}`) }
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
  return { name: name + suffix, bytes: await readFile(join(folder, `${name}_bg.wasm`)) }
}

/** The package has one copy of the glue, so it has to fit both variants. */
async function requireSameGlue(name) {
  const [one, other] = await Promise.all(
    variants.map(({ suffix }) => readFile(join(glue, name + suffix, `${name}.js`), 'utf8')),
  )
  if (one !== other) throw new Error(`the glue of ${name} differs between the variants with and without vectors`)
}
