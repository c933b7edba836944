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
  const instance = await createTrimtab({ store: 'memory', ids: false })
  const row = { family, calls: 0, exact: 0, tokens: 0, exactTokens: 0, recalled: 0, hit: [], miss: [], cold: [] }
  for (const file of files) {
    const lines = (await readFile(file, 'utf8')).trim().split('\n')
    for (const { input } of lines.map((line) => JSON.parse(line))) await runCall(instance, createTrimtab, row, input)
  }
  instance.dispose()
  return row
}

async function runCall(instance, createTrimtab, row, input) {
  const start = performance.now()
  const { cached, tokens, stats } = await instance.optimize(input)
  const took = performance.now() - start
  row.calls++
  row.tokens += tokens.before
  if (cached) {
    row.exact++
    row.exactTokens += tokens.before
    row.hit.push(took)
    return
  }
  row.recalled += stats.recalled
  row.miss.push(took)
  // The same call where nothing is known: in an instance of its own.
  const other = await createTrimtab({ store: 'memory', ids: false })
  const begun = performance.now()
  await other.optimize(input)
  row.cold.push(performance.now() - begun)
  other.dispose()
}

function print(rows) {
  const percent = (part, of) => `${((100 * part) / of).toFixed(1)}%`
  const sum = (list) => list.reduce((all, one) => all + one, 0)
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
    `${short(sum(row.cold) / sum(row.miss))}x`,
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
    'segments save',
  ]
  table('Agent traces, every call optimized in order', heads, lines)
}
