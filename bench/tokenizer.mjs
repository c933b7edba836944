// Counting tokens, beside the packages that people use for it: `npm run bench:tokenizer`.
//
// --only wire,start,…   some parts (bench/parts/list.mjs)      --peers a,b   some peers (bench/peers/list.mjs)
// --quick               fewer runs, less text                  --browser     the speeds in headless Chromium instead
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { target } from '../scripts/paths.mjs'
import { setup, writeSet } from './setup.mjs'

const names = (list) => list?.split(',').map((name) => name.trim())

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    peers: { type: 'string' },
    quick: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
  },
})

/** Those of `all` that were asked for, or all; a name that there isn't is an error. */
function chosen(all, wanted = Object.keys(all)) {
  const unknown = wanted.find((name) => !Object.hasOwn(all, name))
  if (unknown) throw new Error(`there is no '${unknown}': there are ${Object.keys(all).join(', ')}`)
  return Object.fromEntries(wanted.map((name) => [name, all[name]]))
}

const missing = await setup()
for (const [name, reason] of Object.entries(missing)) console.log(`bench: without ${name}: ${reason}`)

// Imported here because what they use is there only after setup.
const { peers: all } = await import('./peers/list.mjs')
const { parts } = options.browser ? await import('./browser/list.mjs') : await import('./parts/list.mjs')
const { corpora } = await import('./corpora/make.mjs')

const peers = Object.fromEntries(Object.entries(chosen(all, names(options.peers))).filter(([name]) => !missing[name]))
const wanted = chosen(parts, names(options.only))
let texts
const context = { peers, quick: options.quick, corpora: () => (texts ??= corpora()) }
if (wanted.linear || wanted.exact) await writeSet()

console.log(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}; names of special tokens are plain text for all`,
)
const figures = {}
for (const [name, run] of Object.entries(wanted)) figures[name] = await run(context)

await mkdir(join(target, 'bench'), { recursive: true })
const report = join(target, 'bench', options.browser ? 'browser.json' : 'tokenizer.json')
await writeFile(report, `${JSON.stringify(figures, null, 2)}\n`)
