// Selecting for a query, beside @llmtrim/js: `npm run bench:select`.
//
// --data FOLDER   the evaluation sets, `{ pool, cases }` in FOLDER/qa; without them only the speed is measured
// --limit N       cases of each set      --quick   fewer runs, less text
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pkg, root, target } from '../scripts/paths.mjs'
import { install } from './setup.mjs'

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(root, '../shared/eval') },
    limit: { type: 'string', default: '100' },
    quick: { type: 'boolean', default: false },
  },
})

await install()

// Imported here because what they use is there only after setup.
const { llmtrim, trimtabOf } = await import('./select/peers.mjs')
const { quality } = await import('./select/quality.mjs')
const { speed } = await import('./select/speed.mjs')

console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0].model}`)
const peers = { trimtab: await trimtabOf(pkg), ...(await llmtrim()) }
const figures = {
  speed: await speed(peers, options.quick),
  quality: await quality(peers, options.data, Number(options.limit)),
}
await mkdir(join(target, 'bench'), { recursive: true })
await writeFile(join(target, 'bench/select.json'), `${JSON.stringify(figures, null, 2)}\n`)
