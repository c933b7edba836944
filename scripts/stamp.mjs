// A hash over what the package is made from, so that a second start builds nothing.
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pkg, root, target } from './paths.mjs'

const sources = [
  'Cargo.toml',
  'Cargo.lock',
  'rust-toolchain.toml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
  'CHANGELOG.md',
  'src',
  'wasm',
  'examples',
  'pkg-template',
  'www',
  'scripts/serve.mjs',
  'scripts/pages.mjs',
  'scripts/build.mjs',
  'scripts/build',
]
const stampFile = join(target, 'pkg.stamp')

/** The hash of the sources as they are now. */
export async function sourceHash() {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const path of await filesUnder(join(root, source))) {
      hash
        .update(`${relative(root, path)}\0`)
        .update(await readFile(path))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

/** Says whether pkg/ was made from sources with this hash. */
export async function isBuilt(hash) {
  const manifest = await readFile(join(pkg, 'package.json')).catch(() => undefined)
  const stamp = await readFile(stampFile, 'utf8').catch(() => undefined)
  return manifest !== undefined && stamp === hash
}

/** Remembers the hash of what pkg/ was made from; an empty one means that pkg/ is unfinished. */
export async function setStamp(hash) {
  await mkdir(dirname(stampFile), { recursive: true })
  await writeFile(stampFile, hash)
}

/** Lists a file as itself, a folder as every file in it, and what is absent as nothing. */
async function filesUnder(path) {
  const found = await stat(path).catch(() => undefined)
  if (!found) return []
  if (found.isFile()) return [path]
  const entries = await readdir(path, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
