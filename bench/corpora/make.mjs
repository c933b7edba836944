// Makes the corpora once, and keeps them in target/corpora with a manifest of what they were made from.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root, target } from '../../scripts/paths.mjs'
import { mixed, withoutRepeats } from './shape.mjs'
import { sha256, used } from './sources.mjs'

const folder = join(target, 'corpora')
const manifestFile = join(folder, 'manifest.json')
const most = 3_000_000

/** Resolves to the corpora, `{ kind: text }`; makes them where they are not there, or not by this recipe. */
export async function corpora() {
  const wanted = await recipe()
  const found = await readFile(manifestFile, 'utf8').then(JSON.parse, () => undefined)
  const { kinds } = found?.recipe === wanted ? found : await make(wanted)
  const texts = Object.entries(kinds).map(async ([kind, { file }]) => [
    kind,
    await readFile(join(folder, file), 'utf8'),
  ])
  return Object.fromEntries(await Promise.all(texts))
}

async function make(recipe) {
  const { kinds } = await import('./list.mjs')
  await mkdir(folder, { recursive: true })
  const made = {}
  for (const [kind, all] of Object.entries(kinds)) {
    process.stderr.write(`corpora: ${kind} …`)
    const text = mixed(withoutRepeats(await all()), most)
    const file = `${kind.replace(' ', '-')}.txt`
    made[kind] = { file, bytes: Buffer.byteLength(text), characters: text.length, sha256: sha256(text) }
    await writeFile(join(folder, file), text)
    process.stderr.write(` ${(made[kind].bytes / 1e6).toFixed(1)} MB\n`)
  }
  const manifest = { recipe, kinds: made, sources: Object.fromEntries(used) }
  await writeFile(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

/** A hash of what decides how the corpora come out. */
async function recipe() {
  const here = join(root, 'bench/corpora')
  const files = [...(await readdir(here)).sort().map((name) => join(here, name)), join(root, 'bench/package-lock.json')]
  return sha256((await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\0'))
}
