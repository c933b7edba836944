// The lossless forms, through the built package: `npm run bench:forms`.
//
// --only speed,files   some parts      --limit N   so many files of each kind, 2,000 by default
// --folders A,B        where the files are: what npm installed for this repository, by default
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { files } from './forms/files.mjs'
import { speed } from './forms/speed.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'speed,files' },
    limit: { type: 'string', default: '2000' },
    folders: { type: 'string', default: 'node_modules' },
  },
})
const wanted = values.only.split(',')
const parts = ['speed', 'files']
const unknown = wanted.find((name) => !parts.includes(name))
if (unknown) throw new Error(`there is no '${unknown}': there are ${parts.join(', ')}`)
if (!existsSync(new URL('../pkg/index.js', import.meta.url))) {
  console.log('bench: there is no package to measure: npm run build')
  process.exit(1)
}
const { createTrimtab } = await import('../pkg/index.js')
const open = () => createTrimtab({ store: 'memory', encoding: 'o200k_base' })
// What is restored by another instance is restored from the text alone.
const [trimtab, restorer] = await Promise.all([open(), open()])
console.log(`Node ${process.version}`)
if (wanted.includes('speed')) await speed(trimtab)
if (wanted.includes('files') && !(await files(trimtab, restorer, values.folders.split(','), Number(values.limit)))) {
  process.exitCode = 1
}
for (const instance of [trimtab, restorer]) instance.dispose()
