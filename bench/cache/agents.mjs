// Real traces of agents, every call optimized in order by one instance: what came from the cache, and how fast.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { median, short, table } from '../report.mjs'

export async function agents({ trimtab, sets, quick }) {
  if (!sets) return console.log('agents: skipped, there are no evaluation sets')
  const rows = []
  const all = (await readdir(join(sets, 'agents'))).filter((name) => name.endsWith('.jsonl'))
  for (const family of ['magagent', 'miniswe', 'taubench']) {
    const files = all.filter((name) => name.startsWith(family)).slice(0, quick ? 2 : undefined)
    rows.push(
      await runFamily(
        trimtab,
        family,
        files.map((name) => join(sets, 'agents', name)),
      ),
    )
  }
  print(rows)
  return rows
}

async function runFamily({ createTrimtab }, family, files) {
  const row = { family, calls: 0, exact: 0, tokens: 0, exactTokens: 0, recalled: 0, hit: [], miss: [], cold: [] }
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  const calls = texts.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line).input)
  // The first calls of a process wait for the engine to compile and for the vocabulary: that is the start, not a miss.
  await inOrder(createTrimtab, calls.slice(0, 20), (instance, input) => instance.optimize(input))
  await inOrder(createTrimtab, calls, (instance, input) => runCall(instance, createTrimtab, row, input))
  return row
}

async function inOrder(createTrimtab, calls, run) {
  const instance = await createTrimtab({ store: 'memory', ids: false })
  for (const input of calls) await run(instance, input)
  instance.dispose()
}

async function runCall(instance, createTrimtab, row, input) {
  // In turns, so that neither always finds the processor's caches as the other left them.
  const first = row.calls++ % 2 === 0 ? undefined : await knowingNothing(createTrimtab, input)
  const start = performance.now()
  const { cached, tokens, stats } = await instance.optimize(input)
  const took = performance.now() - start
  row.tokens += tokens.before
  if (cached) {
    row.exact++
    row.exactTokens += tokens.before
    row.hit.push(took)
    return
  }
  row.recalled += stats.recalled
  row.miss.push(took)
  row.cold.push(first ?? (await knowingNothing(createTrimtab, input)))
}

/** How long the same call takes in an instance of its own. */
async function knowingNothing(createTrimtab, input) {
  const other = await createTrimtab({ store: 'memory', ids: false })
  const start = performance.now()
  await other.optimize(input)
  const took = performance.now() - start
  other.dispose()
  return took
}

function print(rows) {
  const percent = (part, of) => `${((100 * part) / of).toFixed(1)}%`
  const ms = (list) => (list.length > 0 ? short(median(list)) : '–')
  const lines = rows.map((row) => [
    row.family,
    row.calls,
    percent(row.exact, row.calls),
    percent(row.exactTokens, row.tokens),
    percent(row.recalled, row.tokens - row.exactTokens),
    percent(row.recalled + row.exactTokens, row.tokens),
    ms(row.hit),
    ms(row.miss),
    ms(row.cold),
    `${short(median(row.cold.map((cold, at) => cold / row.miss[at])))}x`,
  ])
  const heads = [
    '',
    'calls',
    'exact hits',
    'their tokens',
    'recalled of the rest',
    'from the cache',
    'ms: exact hit',
    'miss with segments',
    'nothing known',
    'times as long, median',
  ]
  table('Agent traces, every call optimized in order', heads, lines)
}
