// What the dashboard weighs, how long it takes to show, and what Lighthouse and axe say: `npm run bench:dashboard`.
//
// --records 100000,1000000   how many records are in the store
// --only size,render         parts: size, render, lighthouse, axe
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root, target } from '../scripts/paths.mjs'
import { npmPackages } from '../scripts/setup/npm.mjs'

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '100000,1000000' },
    only: { type: 'string', default: 'size,render,lighthouse,axe' },
  },
})
const counts = values.records.split(',').map(Number)

// Lighthouse is 80 MB, and brings the driver along: it is installed for whoever measures, and for nobody else.
const tools = npmPackages(join(root, 'bench/dashboard'), 'Lighthouse')
if (/lighthouse|axe/.test(values.only) && !(await tools.isHere())) {
  console.error('bench: installing Lighthouse')
  await tools.ways[0].install()
}

const figures = {}
for (const part of values.only.split(',')) {
  const { measure } = await import(`./dashboard/${part}.mjs`)
  figures[part] = await measure({ counts })
}
await mkdir(join(target, 'bench'), { recursive: true })
await writeFile(join(target, 'bench/dashboard.json'), `${JSON.stringify(figures, null, 2)}\n`)
