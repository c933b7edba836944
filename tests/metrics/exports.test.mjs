// Each export is read by a consumer of its own kind; where Python or its packages are missing, those are skipped.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createTrimtab } from '../../pkg/index.js'
import { promtool, python } from '../../scripts/setup/consumers.mjs'
import { calls, hostile, now } from './samples.mjs'

const script = fileURLToPath(new URL('consumers.py', import.meta.url))
const has = (module) => spawnSync(python(), ['-c', `import ${module}`]).status === 0
const skip = (module) => (has(module) ? false : `there is no Python module ${module}`)

function consumed(kind, text) {
  const { status, stdout, stderr } = spawnSync(python(), [script, kind], { input: text, maxBuffer: 2 ** 26 })
  assert.equal(status, 0, String(stderr))
  return JSON.parse(stdout)
}

async function measured() {
  const trimtab = await createTrimtab({ store: 'memory', ids: false, model: 'gpt-4o', now: () => now })
  for (const record of calls) trimtab.record(record)
  hostile.forEach((name, i) => {
    trimtab.record({ at: now - i, model: name, user: name, error: name, usage: { input_tokens: 9, output_tokens: 1 } })
  })
  await trimtab.optimize('one two three '.repeat(50))
  return trimtab.metrics
}

test('OpenTelemetry reads the OTLP export', {
  skip: skip('opentelemetry.proto.collector.metrics.v1.metrics_service_pb2'),
}, async () => {
  const metrics = await measured()
  const found = consumed('otlp', metrics.export('otlp'))
  const { tokens, cost } = metrics.snapshot()
  assert.deepEqual(found['trimtab.tokens.before'], [tokens.before])
  assert.deepEqual(found['trimtab.cost'], [cost.spent])
  assert.equal(found['trimtab.latency'].length, 3)
})

test("Prometheus' parser reads the text export", { skip: skip('prometheus_client.parser') }, async () => {
  const metrics = await measured()
  const samples = consumed('prometheus', metrics.export('prometheus'))
  const value = (name) => samples.filter(([known]) => known === name)
  assert.equal(value('trimtab_tokens_before_total')[0][2], metrics.snapshot().tokens.before)
  const models = value('trimtab_input_tokens_total').map(([, { model }]) => model)
  for (const name of hostile) assert.ok(models.includes(name), JSON.stringify(name))
})

test('promtool finds nothing wrong with the text export', {
  skip: promtool.find() ? false : 'there is no promtool',
}, async () => {
  const metrics = await measured()
  const input = metrics.export('prometheus')
  const { status, stdout, stderr } = spawnSync(promtool.find(), ['check', 'metrics'], { input })
  assert.equal(status, 0, `${stdout}${stderr}`)
})

test('a CSV reader finds every record, and no cell is a formula', { skip: skip('csv') }, async () => {
  const metrics = await measured()
  const rows = consumed('csv', metrics.export('csv'))
  assert.equal(rows.length, calls.length + hostile.length + 1)
  for (const row of rows) {
    for (const [name, cell] of Object.entries(row)) {
      if (/^(cost|saved_cost|lost_discount)$/.test(name)) continue
      assert.doesNotMatch(cell, /^\s*[=+@-]/, name)
    }
  }
  const shown = rows.map(({ user }) => user.replace(/^'/, ''))
  for (const name of hostile) assert.ok(shown.includes(name), JSON.stringify(name))
})
