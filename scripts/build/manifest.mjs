// package.json and the documents of the package.
import { access, copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pkg, root, template } from '../paths.mjs'

const documents = ['README.md', 'CHANGELOG.md', 'LICENSE', 'LICENSE-MIT', 'LICENSE-APACHE']

/** Writes package.json with the version of the crate, and copies the documents that the repository has. */
export async function buildManifest() {
  const manifest = JSON.parse(await readFile(join(template, 'package.json'), 'utf8'))
  const { name, description, ...rest } = manifest
  const complete = { name, version: await version(), description, ...rest }
  await writeFile(join(pkg, 'package.json'), `${JSON.stringify(complete, null, 2)}\n`)
  for (const name of documents) {
    const path = join(root, name)
    if (await exists(path)) await copyFile(path, join(pkg, name))
  }
}

async function version() {
  const manifest = await readFile(join(root, 'Cargo.toml'), 'utf8')
  const found = /^version = "(.+)"$/m.exec(manifest)
  if (!found) throw new Error('Cargo.toml names no version')
  return found[1]
}

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  )
