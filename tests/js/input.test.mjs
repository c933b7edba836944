import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTrimtab, documents, query, report } from './package.mjs'

const trimtab = await createTrimtab({ store: 'memory' })
const refused = (promise, code, message) => assert.rejects(promise, { name: 'TrimtabError', code, message })

test('empty and blank content goes through as it is', async () => {
  for (const content of ['', ' ', '\n\n \t\n']) {
    const { text, tokens, omitted } = await trimtab.optimize(content)
    assert.equal(text, content)
    assert.deepEqual(omitted, [])
    assert.equal(tokens.after, trimtab.count(content))
  }
  assert.equal((await trimtab.optimize([])).text, '')
  assert.equal((await trimtab.optimize('', { query: 'anything', budget: 5 })).text, '')
})

test('content of the wrong shape is refused with its place', async () => {
  await refused(trimtab.optimize(42), 'invalid_input', /content must be a string or an array, not number/)
  await refused(trimtab.optimize(null), 'invalid_input', /not null/)
  await refused(trimtab.optimize([{ title: 'x' }]), 'invalid_input', /content\[0\]\.text must be a string/)
  await refused(trimtab.optimize([documents[0], 'x']), 'invalid_input', /content\[1\] must be an object/)
  await refused(trimtab.optimize([{ role: 'user', content: 7 }]), 'invalid_input', /content\[0\]\.content/)
  await refused(trimtab.optimize([{ role: 'user', content: 'x' }, {}]), 'invalid_input', /content\[1\]\.role/)
})

test('messages without content pass through', async () => {
  const messages = [{ role: 'assistant' }, { role: 'assistant', content: null }, { role: 'user', content: [] }]
  const result = await trimtab.optimize(messages)
  assert.deepEqual(result.messages, messages)
  assert.equal(result.text, '')
})

test('options of the wrong kind are refused by name', async () => {
  for (const budget of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '100', null]) {
    await refused(trimtab.optimize('x', { budget }), 'invalid_input', /budget must be a whole number/)
  }
  await refused(trimtab.optimize('x', { tier: 'huge' }), 'invalid_input', /essential/)
  await refused(trimtab.optimize('x', { query: 5 }), 'invalid_input', /query must be a string/)
  await refused(trimtab.optimize('x', { keep: [5] }), 'invalid_input', /keep takes/)
  await refused(trimtab.optimize('x', { signal: AbortSignal.abort() }), 'aborted', /abort/)
})

test('a lone surrogate is refused with its place, because it could not be given back', async () => {
  await refused(trimtab.optimize('abc\ud800def'), 'invalid_text', /at 3/)
  await refused(trimtab.optimize([{ text: '\udc00' }]), 'invalid_text', /content\[0\]\.text/)
})

test('a query longer than the content is a query', async () => {
  const { text, tokens } = await trimtab.optimize(documents, { query: report, budget: 50 })
  assert.ok(tokens.after <= 50 && text.length > 0)
})

test('a text of fifty megabytes is brought under a budget', async () => {
  const fresh = await createTrimtab({ store: 'memory' })
  const line = (i) => `${i} All work and no play makes Jack a dull boy. It was said in 1977 by the sea.\n`
  const content = Array.from({ length: 640_000 }, (_, i) => line(i)).join('')
  assert.ok(content.length > 50 * 2 ** 20)
  const { text } = await fresh.optimize(content, { query: 'Who is dull by the sea?', budget: 500 })
  assert.ok(fresh.count(text) <= 500 && text.includes('sea'))
})

test('unknown references and foreign texts are answered', async () => {
  await refused(trimtab.expand('nowhere.3'), 'unknown_ref', /nowhere\.3/)
  await refused(trimtab.expand(3), 'invalid_input', /ref must be a string/)
  assert.equal(await trimtab.restore('just a text'), 'just a text')
  const { text } = await trimtab.optimize(documents, { query, budget: 45 })
  await refused(trimtab.restore(text.replace('lamp', 'candle')), 'not_restorable', /unchanged/)
})

test('stores, caches and alerts of the wrong kind are refused', async () => {
  await refused(createTrimtab({ store: 'floppy' }), 'invalid_input', /store must be one of/)
  await refused(createTrimtab({ store: {} }), 'invalid_input', /store|get/)
  await refused(createTrimtab({ store: 'memory', cache: { policy: 'best' } }), 'invalid_input', /adaptive/)
  await refused(createTrimtab({ store: 'memory', alerts: [{ rule: 'weather', above: 1 }] }), 'invalid_input', /spend/)
  await refused(createTrimtab({ store: 'memory', namespace: '' }), 'invalid_input', /namespace/)
})

test("usage that can't be is refused, and after every error the instance still works", async () => {
  assert.throws(() => trimtab.record({ model: 'gpt-5', usage: { prompt_tokens: -1 } }), { code: 'invalid_input' })
  assert.throws(() => trimtab.metrics.report({ hours: 0 }), { code: 'invalid_input' })
  assert.throws(() => trimtab.metrics.export('pdf'), { code: 'invalid_input', message: /prometheus/ })
  await refused(trimtab.cache.set(5, 1), 'invalid_input', /key/)
  await refused(
    trimtab.cache.set('k', () => 1),
    'invalid_input',
    /cached/,
  )
  await refused(trimtab.cache.set('k', 1, { ttl: -1 }), 'invalid_input', /ttl/)
  assert.equal(trimtab.count('hello world'), 2)
  assert.match((await trimtab.optimize(documents, { query, budget: 45 })).text, /Marta/)
})
