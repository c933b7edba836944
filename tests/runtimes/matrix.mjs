// Tries the packed package in every runtime: `node tests/runtimes/matrix.mjs [part of a name]`. Prints one line a cell
// and writes the table to target/runtimes.md.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { target } from '../../scripts/paths.mjs'
import { runtimes } from './list.mjs'
import { prepare } from './project.mjs'

const filter = process.argv[2]?.toLowerCase() ?? ''
/** What the first runtime reported: the same input gives the same bytes everywhere. */
let first

async function tried({ name, needs, run }) {
  const start = performance.now()
  const outcome = await outcomeOf(needs, run)
  return { name, ...outcome, seconds: (performance.now() - start) / 1000 }
}

async function outcomeOf(needs, run) {
  const missing = await needs?.()
  if (missing) return { result: 'skip', detail: missing }
  try {
    const output = await run()
    // A run that doesn't report the line of the check has not run it.
    const line = /\d+ to \d+ tokens, outputs [0-9a-f]{8}/.exec(output)
    if (!line) return { result: 'fail', detail: `it reported ${output}` }
    first ??= line[0]
    const same = line[0] === first
    return { result: same ? 'pass' : 'fail', detail: same ? line[0] : `${line[0]}, and the first runtime ${first}` }
  } catch (error) {
    return { result: 'fail', detail: error.message }
  }
}

const table = (cells) =>
  [
    '| runtime | result | seconds | detail |',
    '|---|---|---|---|',
    ...cells.map(({ name, result, seconds, detail }) => {
      const line = detail.replaceAll('|', '\\|').split('\n')[0].slice(0, 160)
      return `| ${name} | ${result} | ${seconds.toFixed(1)} | ${line} |`
    }),
    '',
  ].join('\n')

await prepare()
const cells = []
const chosen = runtimes.filter(({ name }) => name.toLowerCase().includes(filter))
for (const runtime of chosen) {
  const cell = await tried(runtime)
  cells.push(cell)
  console.log(`${cell.result}  ${cell.name}  (${cell.seconds.toFixed(1)} s)  ${cell.detail}`)
}
for (const { close } of chosen) await close?.()
if (!filter) await writeFile(join(target, 'runtimes.md'), table(cells))
const count = (result) => cells.filter((cell) => cell.result === result).length
console.log(`${count('pass')} passed, ${count('fail')} failed, ${count('skip')} skipped`)
process.exitCode = count('fail') > 0 || cells.length === 0 ? 1 : 0
