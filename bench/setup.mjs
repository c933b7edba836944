// Makes available what the bench needs: the built package, the peers, the adversarial set.
import { access, copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { attempt, run, which } from '../scripts/command.mjs'
import { pkg, root, target } from '../scripts/paths.mjs'
import { npmPackages } from '../scripts/setup/npm.mjs'

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  )

/** Installs the peers from npm where they are not here. */
export async function install() {
  if (!(await exists(join(pkg, 'index.js')))) throw new Error('there is no pkg/: npm run build makes it')
  const packages = npmPackages(join(root, 'bench'), 'the peers')
  if (!(await packages.isHere())) {
    console.error('bench: installing the peers')
    await packages.ways[0].install()
  }
}

/** Resolves to the names of the peers that can't be had, each with the reason. */
export async function setup() {
  await install()
  const reason = await buildBpeOpenai()
  return reason ? { 'bpe-openai in wasm': reason } : {}
}

/** Compiles bpe-openai to wasm, once; resolves to the reason where that can't be done. */
async function buildBpeOpenai() {
  const made = join(target, 'bench-peers/bpe_openai.wasm')
  if (await exists(made)) return
  if (!which('cargo')) return 'there is no cargo to compile it with'
  console.error('bench: compiling bpe-openai to wasm')
  const folder = join(target, 'bench-peers')
  const built = await attempt(
    'cargo',
    ['build', '--release', '--locked', '--target', 'wasm32-unknown-unknown', '--target-dir', folder],
    {
      cwd: join(root, 'bench/peers/bpe-openai'),
    },
  )
  if (built.code !== 0) return built.output
  await copyFile(join(folder, 'wasm32-unknown-unknown/release/bpe_openai_wasm.wasm'), made)
}

/** Writes the adversarial set with the reference's ids. */
export const writeSet = () =>
  run('cargo', ['run', '--quiet', '--example', 'adversarial', '--', join(target, 'adversarial.bin')])
