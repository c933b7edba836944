// Every check of `npm test`, in order. A check is `{ name, run }`; `run` resolves to `{ passed, failed, skipped,
// output, reason? }`, counting the tool's own cases where it has some.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { attempt } from '../command.mjs'
import { root } from '../paths.mjs'
import { chrome, chromedriver } from '../setup/browsers.mjs'
import { npmPackages } from '../setup/npm.mjs'
import { asOne, cargoTests, matrixCells, nodeTests } from './count.mjs'
import { typesOfPackage } from './package.mjs'

const web = join(root, 'tests/web')
const wasm = ['--target', 'wasm32-unknown-unknown']
const strict = ['--', '-D', 'warnings']
const minutes = (count) => count * 60_000

/** A check that runs one program. */
const program = (name, [command, ...args], { count = asOne, ...options } = {}) => ({
  name,
  async run() {
    const { code, output } = await attempt(command, args, { timeout: minutes(30), ...options })
    return { ...count(code, output), output }
  },
})

/** A check that runs only where `missing` names nothing. */
const unless = (missing, check) => ({
  ...check,
  async run() {
    const reason = await missing()
    return reason ? { passed: 0, failed: 0, skipped: 1, output: '', reason } : check.run()
  },
})

const noDriver = () =>
  !chrome.find() ? 'there is no Chromium' : !chromedriver.find() ? 'there is no chromedriver' : undefined

/** A check that needs what a program makes first. */
const after = (preparation, check) => ({
  ...check,
  async run() {
    const made = await preparation.run()
    return made.failed > 0 ? made : check.run()
  },
})

/** The `node --test` files of a folder; that it has none is a failure, because then nothing was tested. */
const nodeFiles = (name, folder) => ({
  name,
  async run() {
    const files = await readdir(join(root, folder)).catch(() => [])
    const tests = files.filter((file) => file.endsWith('.test.mjs')).map((file) => join(folder, file))
    if (tests.length === 0) return { passed: 0, failed: 1, skipped: 0, output: `${folder} has no *.test.mjs` }
    const args = ['--test', '--test-reporter=spec', '--test-concurrency=1', ...tests]
    return program(name, [process.execPath, ...args], { count: nodeTests }).run()
  },
})

/** The engines that a store may be: their clients are installed when they are not there. */
const storeTests = {
  name: 'store tests',
  async run() {
    const packages = npmPackages(join(root, 'tests/stores'), 'the clients of the stores')
    if (!(await packages.isHere())) await packages.ways[0].install()
    return nodeFiles('store tests', 'tests/stores').run()
  },
}

export const checks = [
  program('cargo fmt', ['cargo', 'fmt', '--check']),
  program('cargo fmt, tests/web', ['cargo', 'fmt', '--check'], { cwd: web }),
  program('clippy', ['cargo', 'clippy', '--quiet', '--all-targets', ...strict]),
  program('clippy, wasm32', ['cargo', 'clippy', '--quiet', '--lib', ...wasm, ...strict]),
  program('clippy, tests/web', ['cargo', 'clippy', '--quiet', '--all-targets', ...wasm, ...strict], { cwd: web }),
  program('cargo test', ['cargo', 'test', '--no-fail-fast'], { count: cargoTests }),
  program('wasm-pack test, Node', ['wasm-pack', 'test', '--mode', 'no-install', '--node', web], { count: cargoTests }),
  unless(
    noDriver,
    program(
      'wasm-pack test, Chromium',
      [
        'wasm-pack',
        'test',
        '--mode',
        'no-install',
        '--headless',
        '--chrome',
        '--chromedriver',
        chromedriver.find(),
        web,
      ],
      { count: cargoTests },
    ),
  ),
  program('build and size budget', [process.execPath, 'scripts/build.mjs']),
  program('types', ['tsc', '-p', 'tsconfig.json']),
  program('types of the command line', ['tsc', '-p', 'pkg-template/src/cli']),
  program('lint and format', ['biome', 'check', '--error-on-warnings']),
  program('publint', ['publint', '--strict', 'pkg']),
  typesOfPackage,
  nodeFiles('JavaScript tests', 'tests/js'),
  nodeFiles('package tests', 'tests/package'),
  storeTests,
  nodeFiles('metrics and command line', 'tests/metrics'),
  after(
    program('the set', ['cargo', 'run', '--quiet', '--example', 'adversarial', '--', 'target/adversarial.bin']),
    nodeFiles('adversarial set on wasm32', 'tests/adversarial'),
  ),
  after(
    program('the tokenizers', [
      ...['cargo', 'run', '--quiet', '--release', '-p', 'trimtab-tokenizers', '--bin', 'tokenizers-set'],
      ...['--', 'target/tokenizers'],
    ]),
    nodeFiles("tokenizers of one's own", 'tests/tokenizers'),
  ),
  program('runtimes', [process.execPath, 'tests/runtimes/matrix.mjs'], { count: matrixCells }),
  nodeFiles('page tests', 'tests/page'),
  nodeFiles('stores in browsers', 'tests/browsers'),
]
