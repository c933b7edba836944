// Where texts come from: packages of npm at the versions of bench/package-lock.json, and Debian's packages, unpacked.
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { unzipSync } from 'fflate'
import { run } from '../../scripts/command.mjs'
import { root, target } from '../../scripts/paths.mjs'

const modules = join(root, 'bench/node_modules')
const debs = join(target, 'corpora/debian')

/** What was read so far, by name: the manifest names it. */
export const used = new Map()

async function pathsUnder(folder, matches) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return files.filter((file) => matches.test(relative(folder, file))).sort()
}

/** The texts of the files under `folder` whose path `matches`, in a fixed order. */
export const textsUnder = async (folder, matches) =>
  Promise.all((await pathsUnder(folder, matches)).map((file) => readFile(file, 'utf8')))

/** Files of the npm package `name`. */
export async function npm(name, matches) {
  const folder = join(modules, name)
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  used.set(`npm ${name}`, { version })
  return textsUnder(folder, matches)
}

/** Files of all packages that bench/package-lock.json names. */
export function allOfNpm(matches) {
  used.set('npm, all of bench/package-lock.json', {})
  return textsUnder(modules, matches)
}

const unpacked = new Map()

/** Files of Debian's package `name`. */
export const debian = async (name, matches) => textsUnder(await folderOf(name), matches)

/** The paths of such files. */
export const filesOf = async (name, matches) => pathsUnder(await folderOf(name), matches)

function folderOf(name) {
  if (!unpacked.has(name)) unpacked.set(name, unpack(name))
  return unpacked.get(name)
}

/** The translated messages of Firefox's language pack `name`: a zip in a Debian package. */
export async function firefox(name) {
  const folder = await folderOf(name)
  const pack = (await readdir(folder, { recursive: true })).find((path) => path.endsWith('.xpi'))
  const files = Object.entries(unzipSync(await readFile(join(folder, pack)))).filter(([path]) => path.endsWith('.ftl'))
  const message = /^(?:[\w-]+|\s+\.[\w-]+)\s*=\s*|^\s+/
  return files.map(([, bytes]) => lines(Buffer.from(bytes).toString(), (line) => line.replace(message, '')))
}

const lines = (text, of) => text.split('\n').map(of).join('\n')

async function unpack(name) {
  await mkdir(debs, { recursive: true })
  const isThere = async () => (await readdir(debs)).find((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'))
  if (!(await isThere())) {
    await run('apt-get', ['download', '-q', name], { cwd: debs }).catch((error) => {
      throw new Error(
        `${name} is a package of Debian, and can't be had here (apt-get update may help): ${error.message}`,
      )
    })
  }
  const file = join(debs, await isThere())
  used.set(`Debian ${name}`, { file: basename(file), sha256: sha256(await readFile(file)) })
  const folder = file.slice(0, -'.deb'.length)
  await mkdir(folder, { recursive: true })
  await run('dpkg-deb', ['-x', file, folder])
  return folder
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
