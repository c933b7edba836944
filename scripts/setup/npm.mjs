// npm packages, exactly as a lock file names them.
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { run } from '../command.mjs'
import { root } from '../paths.mjs'

/** The packages that the lock file of `folder` names. */
export const npmPackages = (folder, why) => ({
  name: `the npm packages of ${relative(root, folder) || 'the repository'}`,
  why,
  isHere: () => matchesLock(folder),
  // No package here needs its install script, and what doesn't run can't harm.
  ways: [
    {
      title: 'npm ci',
      install: () => run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder }),
    },
  ],
})

/** Compares the lock file with the one that npm leaves beside what it has installed. */
async function matchesLock(folder) {
  const wanted = await lock(join(folder, 'package-lock.json'))
  const installed = await lock(join(folder, 'node_modules/.package-lock.json'))
  return Object.entries(wanted ?? {}).every(([path, { version, optional }]) => {
    const found = installed?.[path]
    return path === '' || (found ? found.version === version : optional)
  })
}

const lock = (path) =>
  readFile(path, 'utf8').then(
    (text) => JSON.parse(text).packages,
    () => undefined,
  )
