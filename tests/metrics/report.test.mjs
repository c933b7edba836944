// Reports and questions: the same figures everywhere, and nothing that the data does not show.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'parse5'
import { createTrimtab } from '../../pkg/index.js'
import { calls, hostile, hour, now } from './samples.mjs'

const instance = async (records = calls) => {
  const trimtab = await createTrimtab({ store: 'memory', ids: false, now: () => now })
  for (const record of records) trimtab.record(record)
  return trimtab
}

const elements = (node) => [node, ...(node.childNodes ?? []).flatMap(elements)]

test('a report is data, Markdown and HTML of the same figures', async () => {
  const { metrics } = await instance()
  const data = metrics.report({ hours: 72 })
  assert.equal(data.calls, calls.length)
  const markdown = await metrics.report({ hours: 72, format: 'markdown' })
  const html = await metrics.report({ hours: 72, format: 'html' })
  for (const text of [markdown, html]) {
    assert.match(text, /gpt-4o/)
    assert.match(text, new RegExp(`n = ${calls.length}\\b`))
    assert.match(text, /timeout/)
  }
  assert.throws(() => metrics.report({ format: 'pdf' }), { code: 'invalid_input' })
})

test('nothing in a name becomes markup, an attribute or another row', async () => {
  const records = hostile.map((name, i) => ({
    at: now - i,
    model: name,
    user: name,
    error: name,
    usage: { input_tokens: 9, output_tokens: 1 },
  }))
  const { metrics } = await instance(records)
  const html = await metrics.report({ format: 'html' })
  const all = elements(parse(html))
  assert.deepEqual(
    all.filter(({ tagName }) => ['script', 'img', 'a', 'iframe'].includes(tagName)),
    [],
  )
  const attributes = all.flatMap(({ attrs = [] }) => attrs.map(({ name }) => name))
  assert.deepEqual(
    attributes.filter((name) => name.startsWith('on')),
    [],
  )
  assert.doesNotMatch(html, /(?!\n)\p{Cc}|\u202e/u)
  const names = all.filter(({ tagName, attrs }) => tagName === 'th' && attrs.some(({ value }) => value === 'row'))
  const shown = names.map((cell) => cell.childNodes[0]?.value)
  assert.ok(shown.includes(hostile[0]), 'a name is shown as it is')

  const markdown = await metrics.report({ format: 'markdown' })
  assert.doesNotMatch(markdown, /<script|<img|(?!\n)\p{Cc}|[^\\]\[x\]/u)
  const models = markdown.split('## Models')[1].split('\n##')[0].trim().split('\n')
  assert.equal(models.length, 2 + hostile.length, 'each name is one row')
})

test('questions may be about some records, and split by their names', async () => {
  const { metrics } = await instance()
  const ofAda = metrics.report({ hours: 72, where: { user: 'ada' } })
  assert.equal(ofAda.calls, 20)
  assert.equal(metrics.report({ hours: 72, where: { user: ['ada', 'bob'] } }).calls, 40)
  const { groups, step, rowsSince } = metrics.series({ hours: 72, by: 'user' })
  assert.deepEqual(groups.map(({ name }) => name).sort(), ['ada', 'bob', 'eve'])
  assert.equal(step, 'hour')
  assert.equal(rowsSince, calls.at(-1).at)
  assert.equal(groups[0].points.length, 72)
  assert.equal(metrics.series({ hours: 1, step: 'minute' }).groups[0].points.length, 60)
  assert.deepEqual(metrics.top(1, { by: 'operations', where: { tag: 'beta' } }).tags[0].operations, 15)
  assert.equal(metrics.records({ limit: 5 })[0].id, 'call-0')
  assert.deepEqual(metrics.names().users, ['ada', 'bob', 'eve'])
  assert.equal(metrics.effectiveness({ hours: 24 }).byForm.length, 0)
  assert.throws(() => metrics.report({ where: { usr: 'ada' } }), { code: 'invalid_input' })
})

test('a report lists the heaviest where it is asked to, the same as `top` does', async () => {
  const { metrics } = await instance()
  assert.equal(metrics.report({ hours: 72 }).top, null)
  for (const where of [{}, { user: ['ada', 'eve'] }, { tag: 'beta' }]) {
    const { top } = metrics.report({ hours: 72, where, top: 2 })
    assert.deepEqual(top, metrics.top(2, { hours: 72, where }))
    assert.ok(top.users.length > 0)
  }
  assert.throws(() => metrics.report({ top: 0 }), { code: 'invalid_input' })
})

test('how long optimizing takes is told apart from how long models take', async () => {
  const trimtab = await instance([])
  for (const latencyMs of [900, 1000, 1100]) {
    trimtab.record({ model: 'gpt-4o', usage: { input_tokens: 9, output_tokens: 1 }, latencyMs })
  }
  const optimized = { at: now, operation: 'optimize', tokensBefore: 9, tokensAfter: 5, latencyMs: 4 }
  trimtab.metrics.import(JSON.stringify([optimized]))
  const { latency, optimizeLatency, series } = trimtab.metrics.report({ hours: 1 })
  assert.deepEqual([latency.samples, optimizeLatency.samples], [4, 1])
  assert.ok(Math.abs(optimizeLatency.p95 - 4) <= 4 * optimizeLatency.relativeError)
  assert.ok(latency.p50 > 800)
  assert.deepEqual([series[0].optimizeP50, series[0].p50], [optimizeLatency.p50, latency.p50])
  const ofCalls = trimtab.metrics.report({ hours: 1, where: { operation: 'call' } })
  assert.equal(ofCalls.optimizeLatency.p95, null)
})

test('savings are net of the cache discount that a shorter prompt would have had', async () => {
  const trimtab = await createTrimtab({ store: 'memory', ids: false, model: 'gpt-4o', now: () => now })
  const text = Array.from({ length: 200 }, (_, i) => `Shed ${i} holds ${i * 7} ropes and ${i % 9} boats.`).join(' ')
  for (const query of ['What does shed 7 hold?', 'What does shed 150 hold?']) {
    await trimtab.optimize(text, { query, budget: 300 })
  }
  const { savedGross, lostDiscount, savedNet, lostBasis, lostSamples } = trimtab.metrics.snapshot().cost
  assert.deepEqual([lostBasis, lostSamples], ['simulated', 2])
  assert.ok(lostDiscount > 0, 'the second prompt would have been read from the cache as it came')
  assert.ok(Math.abs(savedNet - (savedGross - lostDiscount)) < 1e-9)
})

test('figures that can not be are refused, and leave no trace', async () => {
  const trimtab = await instance([])
  for (const tokens of [Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY, '12', null]) {
    const usage = { prompt_tokens: tokens, completion_tokens: tokens }
    assert.throws(() => trimtab.record({ model: 'gpt-4o', usage }), { code: 'invalid_input' }, String(tokens))
  }
  assert.throws(() => trimtab.record({ model: 'gpt-4o', latencyMs: Number.NaN }), { code: 'invalid_input' })
  assert.equal(trimtab.metrics.snapshot().operations, 0)
  trimtab.record({ id: 'a', model: 'gpt-4o', error: 'aborted' })
  const { calls: all, errors, cost } = trimtab.metrics.snapshot()
  assert.deepEqual([all, errors, cost.spent], [1, 1, null], 'an aborted call is one, and costs nothing known')
})

test('records from the future are dated now, and a clock that goes back loses none', async () => {
  let clock = now
  const trimtab = await createTrimtab({ store: 'memory', ids: false, now: () => clock })
  const call = { model: 'gpt-4o', usage: { input_tokens: 9, output_tokens: 1 } }
  trimtab.record({ ...call, at: now + 365 * 24 * hour })
  assert.equal(trimtab.metrics.records()[0].at, now)
  clock = now - 50 * hour
  trimtab.record(call)
  assert.deepEqual(
    trimtab.metrics.records().map(({ at }) => at),
    [now, clock],
  )
  const { calls: seen, series } = trimtab.metrics.report({ hours: 24 })
  assert.deepEqual([seen, series.at(-1).calls], [1, 1], 'the window ends at the clock')
  clock = now
  assert.equal(trimtab.metrics.report({ hours: 72 }).calls, 2)
  assert.equal(trimtab.metrics.snapshot().calls, 2)
})

test('what comes back for a dollar is said with what counts as spent', async () => {
  const trimtab = await createTrimtab({ store: 'memory', ids: false, model: 'gpt-4o', now: () => now })
  assert.match(await trimtab.metrics.report({ format: 'markdown' }), /Saved for each dollar spent.*not known/)
  assert.equal(trimtab.metrics.report().cost.roi, null)
  trimtab.record({ model: 'gpt-4o', usage: { input_tokens: 1000, output_tokens: 100 } })
  await trimtab.optimize(
    JSON.stringify(
      Array.from({ length: 50 }, (_, row) => ({ id: row, name: 'a name' })),
      null,
      2,
    ),
  )
  const { spent, savedNet, roi } = trimtab.metrics.snapshot().cost
  assert.ok(Math.abs(roi - savedNet / spent) < 1e-9)
  const [, said] = (await trimtab.metrics.report({ format: 'markdown' })).match(
    /Saved for each dollar spent.*?\$([\d.]+) \(net/,
  )
  assert.ok(Math.abs(Number(said) - savedNet / spent) <= 0.005, `${said} of ${savedNet} and ${spent}`)
})

test('costs are projected at the pace of the window, which is stated', async () => {
  const { metrics } = await instance()
  const { projection, cost } = metrics.report({ hours: 24 })
  assert.ok(Math.abs(projection.perDay - (cost.spent / projection.hours) * 24) < 1e-6)
  assert.match(projection.assumption, /hours measured/)
})

test('an export is taken in once, whoever takes it in', async () => {
  const one = await instance()
  const text = one.metrics.export('json')
  const two = await instance([])
  assert.deepEqual(two.metrics.import(text), { added: calls.length, skipped: 0, refused: 0 })
  assert.deepEqual(two.metrics.import(text), { added: 0, skipped: calls.length, refused: 0 })
  assert.deepEqual(two.metrics.snapshot(), one.metrics.snapshot())
  const mixed = ['{"model":"gpt-4o","usage":{"input_tokens":-1}}', 'no JSON', JSON.stringify(calls[0])]
    .reverse()
    .join('\n')
  assert.deepEqual((await instance([])).metrics.import(mixed), { added: 1, skipped: 0, refused: 2 })
  assert.throws(() => two.metrics.import('hello'), { code: 'invalid_input' })
})

test('alerts are listed, set at run time, and remembered', async () => {
  const trimtab = await instance()
  const heard = []
  trimtab.on('alert', (alert) => heard.push(alert))
  trimtab.alerts.set([
    { rule: 'tokens', above: 1000, window: '7d', where: { user: 'ada' } },
    { rule: 'budget', budget: 1000 },
  ])
  assert.equal(heard.length, 1)
  const [tokens, budget] = trimtab.alerts.list()
  assert.deepEqual([tokens.firing, tokens.since, tokens.where], [true, now, { user: 'ada' }])
  assert.deepEqual([budget.firing, budget.budget], [false, 1000])
  assert.equal(trimtab.alerts.history()[0].rule, 'tokens')
  assert.ok(trimtab.alerts.rules().some(({ rule }) => rule === 'storage'))
  assert.throws(() => trimtab.alerts.set([{ rule: 'spent' }]), { code: 'invalid_input' })
  assert.equal(trimtab.alerts.list().length, 2)
})

test('a budget says what is spent and what will be', async () => {
  const { metrics } = await instance()
  const standing = metrics.budget({ limit: 10, period: 'day' })
  assert.ok(standing.spent > 0 && standing.used === standing.spent / 10)
  assert.equal(standing.projected, standing.spent * 2, 'half of the day is over')
  assert.throws(() => metrics.budget({ limit: 0 }), { code: 'invalid_input' })
})

test('clearing forgets the records', async () => {
  const { metrics } = await instance()
  metrics.clear()
  assert.equal(metrics.snapshot().operations, 0)
  assert.equal(metrics.series({ hours: 1 }).groups[0].points[0].before, null, 'absence is not zero')
})
