// Makes the projects that the package is tried in: empty but for the packed tarball, as npm installs it.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../../scripts/command.mjs'
import { pack } from '../../scripts/pack.mjs'
import { root } from '../../scripts/paths.mjs'

export const here = join(root, 'tests/runtimes')
// Below the folder whose node_modules has the runtimes and bundlers, so that a project finds them the ordinary way;
// Turbopack, for one, follows no link out of its root.
const projects = join(here, '.projects')
const installed = join(projects, 'installed')

/** Clears all projects and installs the tarball once; each project gets a copy of what npm made of it. */
export async function prepare() {
  const tarball = await pack()
  await rm(projects, { recursive: true, force: true })
  await mkdir(installed, { recursive: true })
  await writeFile(join(installed, 'package.json'), '{ "private": true }\n')
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', tarball], { cwd: installed })
}

/** Makes a project from the files of `folder` (of tests/runtimes) and resolves to its path. */
export async function makeProject(name, folder, manifest = { type: 'module' }) {
  const path = join(projects, name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'))
  await rm(path, { recursive: true, force: true })
  await cp(join(here, folder), path, { recursive: true })
  await cp(join(installed, 'node_modules/trimtab'), join(path, 'node_modules/trimtab'), { recursive: true })
  const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
  const version = dependencies.trimtab.replace('file:', 'file:../installed/')
  const complete = { name: 'trial', private: true, ...manifest, dependencies: { trimtab: version } }
  await writeFile(join(path, 'package.json'), `${JSON.stringify(complete, null, 2)}\n`)
  await writeChecks(path)
  return path
}

/** The check and what it imports, as modules and as their CommonJS twins. */
async function writeChecks(path) {
  for (const name of ['check', 'outputs']) {
    const source = await readFile(join(here, `${name}.mjs`), 'utf8')
    await writeFile(join(path, `${name}.mjs`), source)
    const twin = source
      .replace(/^import (.+) from '(.+)\.mjs'$/gm, "const $1 = require('$2.cjs')")
      .replace('export async', 'async')
    await writeFile(join(path, `${name}.cjs`), `${twin}\nmodule.exports = { ${name} }\n`)
  }
}

/** The program `name` that npm installed for the runtimes. */
export const program = (name) => join(here, 'node_modules/.bin', name)

/**
 * Finds a program that npm brought compiled for this platform: in the first package whose path matches. Taken from
 * there because the usual wrapper puts it in place by an install script, and none is run here.
 */
export async function platformProgram(scope, pattern, path) {
  const folder = join(here, 'node_modules', scope)
  const found = (await readdir(folder).catch(() => [])).find((name) => pattern.test(name))
  return found && join(folder, found, path)
}

/** The newest Node, for what no longer runs on Node 20; `undefined` where npm has none for the platform. */
export const newestNode = () => platformProgram('.', /^node-linux-(x64|arm64)$/, 'bin/node')
