// What measuring costs: `npm run bench:metrics`.
//
// --records N   a million by default
import { spawnSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { pkg, root, target } from '../scripts/paths.mjs'
import { mapStore } from '../tests/map-store.mjs'
import { random, below as whole } from './random.mjs'
import { median, short, table } from './report.mjs'

const { values } = parseArgs({ options: { records: { type: 'string', default: '1000000' } } })
const count = Number(values.records)
const { createTrimtab } = await import(join(pkg, 'index.js'))

const now = Date.UTC(2026, 8, 23, 12)
const month = 30 * 24 * 3600e3
const next = random(7)
const below = (end) => whole(next, end)

/** A call as an application reports it: ten models, 500 users, 20 tasks, an id of its own. */
const models = [
  'gpt-5',
  'gpt-5-mini',
  'gpt-4o',
  'gpt-4o-mini',
  'claude-sonnet-4-5',
  'claude-haiku-4-5',
  'gemini-2.5-pro',
  'gemini-2.5-flash',
  'o3',
  'mine',
]
function call(i) {
  const input = 200 + below(8000)
  return {
    id: `chatcmpl-${(i * 2654435761).toString(36)}${below(2 ** 31).toString(36)}`,
    at: now - month + (i * month) / count,
    model: models[below(models.length)],
    user: `user-${below(500)}`,
    task: `task-${below(20)}`,
    latencyMs: 200 + below(4_000_000) / 1000,
    ...(below(50) === 0 && { error: 'timeout' }),
    usage: {
      prompt_tokens: input,
      completion_tokens: below(900),
      prompt_tokens_details: { cached_tokens: below(input) },
    },
  }
}

/** Milliseconds of the processor: others may be at work here. */
function took(run) {
  const start = process.cpuUsage()
  const value = run()
  const { user, system } = process.cpuUsage(start)
  return { ms: (user + system) / 1000, value }
}

const figures = {}

async function perRecord() {
  const alerts = [
    { rule: 'spend', above: 1e9 },
    { rule: 'budget', budget: 1e9 },
    { rule: 'latency', above: 1e9 },
    { rule: 'error_rate', above: 0.99 },
  ]
  const rows = []
  for (const [name, options] of [
    ['', {}],
    ['with four alert rules', { alerts }],
  ]) {
    const trimtab = await createTrimtab({ store: mapStore(), ids: false, now: () => now, ...options })
    const calls = Array.from({ length: 20_000 }, (_, i) => call(i))
    const each = []
    for (let from = 0; from < calls.length; from += 1000) {
      const part = calls.slice(from, from + 1000)
      const recorded = took(() => {
        for (const one of part) trimtab.record(one)
      })
      each.push(recorded.ms)
      await trimtab.flush()
    }
    // The first thousands are for the compiler.
    const steady = each.slice(3)
    rows.push([`trimtab.record ${name}`, `${short(median(steady))} µs`, `${short(Math.max(...steady))} µs`])
    figures[`µs per record ${name}`.trim()] = median(steady)
  }
  table(
    'On the path of the caller, processor time (at most 50 µs)',
    ['', 'median of thousands', 'worst thousand'],
    rows,
  )
}

async function aMillion() {
  const store = mapStore()
  const trimtab = await createTrimtab({ store, ids: false, now: () => now })
  const before = process.memoryUsage()
  for (let i = 0; i < count; i++) {
    trimtab.record(call(i))
    if (i % 2000 === 0) await trimtab.flush()
  }
  await trimtab.flush()
  const bytes = [...store.map.values()].reduce((sum, part) => sum + part.length, 0)
  const memory = process.memoryUsage().external - before.external - bytes
  figures['store, bytes'] = bytes
  figures['memory, bytes'] = memory
  table(
    `${count} records`,
    ['', 'MB', 'bytes each'],
    [
      ['in the store', short(bytes / 1e6), short(bytes / count)],
      ['in memory', short(memory / 1e6), short(memory / count)],
    ],
  )
  const opened = took(() => createTrimtab({ store, ids: false, now: () => now }))
  await opened.value
  const questions = [
    ['report of 24 hours', () => trimtab.metrics.report({ hours: 24 })],
    ['report of 30 days', () => trimtab.metrics.report({ hours: 720 })],
    ['snapshot', () => trimtab.metrics.snapshot()],
    ['report of 30 days, one user', () => trimtab.metrics.report({ hours: 720, where: { user: 'user-7' } })],
    [
      'report of 3 days, one user (a tenth of them)',
      () => trimtab.metrics.report({ hours: 72, where: { user: 'user-7' } }),
    ],
    ['series of 30 days by model', () => trimtab.metrics.series({ hours: 720, by: 'model' })],
    ['top 10', () => trimtab.metrics.top(10)],
  ]
  const rows = questions.map(([name, ask]) => [name, `${short(median([1, 2, 3].map(() => took(ask).ms)))} ms`])
  table('Answers', ['', 'processor time'], rows)
  return trimtab
}

function exportSizes({ metrics }) {
  const rows = [
    ['json', { limit: 10_000 }],
    ['csv', { limit: 10_000 }],
    ['otlp', {}],
    ['prometheus', {}],
  ].map(([format, question]) => {
    const text = metrics.export(format, question)
    return [format, short(text.length / 1000), short(gzipSync(text).length / 1000)]
  })
  table('Exports (of records: the newest 10,000)', ['', 'KB', 'KB gzip'], rows)
}

async function costs() {
  const trimtab = await createTrimtab({ store: 'memory', ids: false, now: () => now })
  const lines = (await readFile(join(root, 'tests/fixtures/costs.tsv'), 'utf8')).split('\n')
  let [exact, all] = [0, 0]
  for (const [provider, model, usage, dollars] of lines
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split('\t'))) {
    const [inputTokens, cacheRead, cacheWrite, outputTokens] = usage.split(' ').map(Number)
    trimtab.record({ provider, model, at: now, usage: { inputTokens, cacheRead, cacheWrite, outputTokens } })
    const cost = trimtab.metrics.records({ limit: 1, where: { model } })[0].cost
    all++
    // Costs are kept in billionths of a dollar.
    if (Math.abs(cost - Number(dollars)) <= 1e-9) exact++
    trimtab.metrics.clear()
  }
  figures['costs exact'] = exact / all
  console.log(`\nCosts that are the source package's: ${exact} of ${all}`)
}

/** The processor's milliseconds of a program and what it starts, which bash counts. */
function processorTime(command) {
  const { stdout } = spawnSync('bash', ['-c', `${command} > /dev/null; times`], { cwd: pkg })
  const [, children] = String(stdout).trim().split('\n')
  return 1000 * children.match(/\d+m[\d.]+s/g).reduce((sum, time) => sum + Number(time.match(/[\d.]+(?=s)/)[0]), 0)
}

function commandLine() {
  const best = (command) => Math.min(...Array.from({ length: 7 }, () => processorTime(command)))
  const rows = [
    ['node alone', 'node -e 0'],
    ['trimtab --help', 'node cli.js --help'],
    ['trimtab count', 'echo hello world | node cli.js count'],
  ].map(([name, command]) => {
    const ms = best(command)
    figures[`${name}, ms`] = ms
    return [name, `${short(ms)} ms`]
  })
  table('Starts of the command line, processor time, best of seven (at most 150 ms)', ['', ''], rows)
}

console.log(`Node ${process.version}, ${count} records`)
await perRecord()
exportSizes(await aMillion())
await costs()
commandLine()
await mkdir(join(target, 'bench'), { recursive: true })
await writeFile(join(target, 'bench/metrics.json'), `${JSON.stringify(figures, null, 2)}\n`)
