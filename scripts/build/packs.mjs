// The vocabularies: written by the crate's example, two files an encoding.
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../command.mjs'
import { packs } from '../paths.mjs'

/**
 * Makes the packs and resolves to `[{ name, encoding, kind, bytes }]`, ordered by name: uncompressed, of kind `full` as
 * `o200k_base` and of kind `count` as `o200k_base.count`.
 */
export async function buildPacks() {
  await rm(packs, { recursive: true, force: true })
  await mkdir(packs, { recursive: true })
  await run('cargo', ['run', '--quiet', '--release', '--example', 'packs', '--', packs])
  const files = (await readdir(packs)).filter((file) => file.endsWith('.pack')).sort()
  if (files.length === 0) throw new Error('the packs example wrote no .pack file')
  return Promise.all(files.map(readPack))
}

async function readPack(file) {
  const name = file.slice(0, -'.pack'.length)
  const [encoding, kind = 'full'] = name.split('.')
  return { name, encoding, kind, bytes: await readFile(join(packs, file)) }
}
