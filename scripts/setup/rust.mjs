// The Rust toolchain, as rust-toolchain.toml pins it, and the programs that cargo can install.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { attempt, run, which } from '../command.mjs'
import { root, tools } from '../paths.mjs'
import { fromRelease } from './release.mjs'

const read = (name) => readFileSync(join(root, name), 'utf8')
const channel = /^channel = "(.+)"$/m.exec(read('rust-toolchain.toml'))?.[1]
const bindgen = /name = "wasm-bindgen"\nversion = "(.+)"/.exec(read('Cargo.lock'))?.[1]
const pack = '0.15.1'
const target = 'wasm32-unknown-unknown'

export const toolchain = {
  name: `Rust ${channel} with ${target}`,
  why: 'the core is Rust compiled to WebAssembly',
  async isHere() {
    if (!which('rustup')) return which('rustc') && hasTarget()
    const { output } = await attempt('rustup', ['target', 'list', '--installed', '--toolchain', channel])
    return output.includes(target)
  },
  ways: [
    {
      title: `rustup toolchain install ${channel}`,
      install: () => {
        if (!which('rustup')) throw new Error('rustup is not here: install it as https://rustup.rs says')
        const parts = ['--profile', 'minimal', '--component', 'clippy', '--component', 'rustfmt', '--target', target]
        return run('rustup', ['toolchain', 'install', channel, ...parts])
      },
    },
  ],
}

export const librarySource = {
  name: `the source of Rust ${channel}'s standard library`,
  why: 'compiled along for size, it makes the core 6% smaller',
  optional: true,
  async isHere() {
    const { code, output } = await attempt('rustc', ['--print', 'sysroot'])
    return code === 0 && existsSync(join(output.trim(), 'lib/rustlib/src/rust/library/Cargo.lock'))
  },
  ways: [
    {
      title: `rustup component add rust-src --toolchain ${channel}`,
      install: () => run('rustup', ['component', 'add', 'rust-src', '--toolchain', channel]),
    },
  ],
}

async function hasTarget() {
  const { code, output } = await attempt('rustc', ['--print', 'target-libdir', '--target', target])
  return code === 0 && (await attempt('ls', [output.trim()])).code === 0
}

export const bindings = {
  name: `wasm-bindgen ${bindgen}`,
  why: 'it writes the bindings, and has to be of the very version that Cargo.lock names',
  isHere: async () => (await hasVersion('wasm-bindgen', bindgen)) && which('wasm-bindgen-test-runner'),
  ways: [
    fromRelease({
      repository: 'wasm-bindgen/wasm-bindgen',
      tag: bindgen,
      archive: (triple) => `wasm-bindgen-${bindgen}-${triple}`,
      programs: ['wasm-bindgen', 'wasm-bindgen-test-runner'],
    }),
    ...fromSource('wasm-bindgen-cli', bindgen),
  ],
}

export const packer = {
  name: `wasm-pack ${pack}`,
  why: 'it drives the build of the core and its tests in Node and in browsers',
  isHere: () => hasVersion('wasm-pack', pack),
  ways: [
    fromRelease({
      repository: 'wasm-bindgen/wasm-pack',
      tag: `v${pack}`,
      archive: (triple) => `wasm-pack-v${pack}-${triple}`,
      programs: ['wasm-pack'],
    }),
    ...fromSource('wasm-pack', pack),
  ],
}

async function hasVersion(program, version) {
  return (await attempt(program, ['--version'])).output.trim().startsWith(`${program} ${version}`)
}

function fromSource(crate, version) {
  const compile = (...options) =>
    run('cargo', ['install', '--quiet', '--root', tools, ...options, `${crate}@${version}`])
  return [
    { title: `cargo install --locked ${crate}, which compiles for some minutes`, install: () => compile('--locked') },
    // A mirror of the registry may be behind the lock file of a new release.
    { title: `cargo install ${crate}, with the dependencies that the registry has`, install: () => compile() },
  ]
}
