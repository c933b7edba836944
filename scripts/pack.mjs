// The tarball that a publication would upload.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './command.mjs'
import { pkg, target } from './paths.mjs'

/** Packs pkg/ and resolves to the path of the tarball. */
export async function pack() {
  await mkdir(target, { recursive: true })
  const output = await run('npm', ['pack', '--json', '--silent', '--pack-destination', target, pkg])
  // npm may say something of its own before the answer.
  return join(target, JSON.parse(output.slice(output.search(/^[[{]/m)))[0].filename)
}
