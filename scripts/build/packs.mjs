// The vocabularies: written by the crate's example, one file an encoding.
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { run } from '../command.mjs'
import { packs } from '../paths.mjs'

/** Makes the packs and resolves to `[{ encoding, bytes }]`, ordered by name. */
export async function buildPacks() {
  await rm(packs, { recursive: true, force: true })
  await mkdir(packs, { recursive: true })
  await run('cargo', ['run', '--quiet', '--release', '--example', 'packs', '--', packs])
  const names = (await readdir(packs)).filter((name) => name.endsWith('.pack')).sort()
  if (names.length === 0) throw new Error('the packs example wrote no .pack file')
  return Promise.all(
    names.map(async (name) => ({ encoding: parse(name).name, bytes: await readFile(join(packs, name)) })),
  )
}
