// The cache, beside the packages that people use for it: `npm run bench:cache`.
//
// --only hits,costs,…   some parts (below)      --quick   fewer rounds      --pkg FOLDER   another built package
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { pkg, root, target } from '../scripts/paths.mjs'
import { npmPackages } from '../scripts/setup/npm.mjs'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    pkg: { type: 'string', default: pkg },
  },
})

const packages = npmPackages(join(root, 'bench'), 'the peers')
if (!(await packages.isHere())) await packages.ways[0].install()

const { parts } = await import('./cache/list.mjs')
const wanted = options.only?.split(',') ?? Object.keys(parts)
const unknown = wanted.find((name) => !Object.hasOwn(parts, name))
if (unknown) throw new Error(`there is no '${unknown}': there are ${Object.keys(parts).join(', ')}`)

/** Where the evaluation sets are, which are no part of the project. */
const sets = resolve(root, process.env.EVAL ?? '../shared/eval')
const folder = resolve(options.pkg)
const trimtab = await import(pathToFileURL(join(folder, 'index.js')).href)
const context = { trimtab, pkg: folder, quick: options.quick, sets: existsSync(sets) ? sets : undefined }

console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0].model}`)
const figures = {}
for (const name of wanted) figures[name] = await parts[name](context)

await mkdir(join(target, 'bench'), { recursive: true })
await writeFile(join(target, 'bench/cache.json'), `${JSON.stringify(figures, null, 2)}\n`)
