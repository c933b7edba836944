import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTrimtab, documents, optimize, query, report, TrimtabError } from './package.mjs'

const make = (options) => createTrimtab({ store: 'memory', ...options })
const json = JSON.stringify(
  Array.from({ length: 12 }, (_, i) => ({ id: i, name: `berth ${i}`, free: i % 2 === 0, depth: 1.5 + i })),
  null,
  2,
)

test('without configuration a prompt gets smaller and comes back', async () => {
  const { text, tokens, stats, omitted } = await optimize(`The berths:\n\n${json}\n\nWhich is deepest?`)
  assert.ok(tokens.after < tokens.before / 2, `${tokens.before} → ${tokens.after}`)
  assert.deepEqual(omitted, [])
  assert.ok(stats.forms.length > 0)
  const fresh = await make()
  assert.equal(await fresh.restore(text), `The berths:\n\n${json}\n\nWhich is deepest?`, 'from the text alone')
})

test('under a budget the answer stays, the budget holds, and everything comes back', async () => {
  const trimtab = await make()
  const result = await trimtab.optimize(documents, { query, budget: 45 })
  assert.match(result.text, /Marta Lindqvist/)
  assert.ok(trimtab.count(result.text) <= 45)
  assert.equal(trimtab.count(result.text), result.tokens.after)
  assert.ok(result.omitted.length > 0)
  const source = documents.map(({ title, text }) => `${title}\n${text}`).join('\n\n')
  for (const { ref, tokens } of result.omitted) {
    const text = await trimtab.expand(ref)
    assert.ok(source.includes(text.trim()), `${ref}: ${text}`)
    assert.ok(tokens > 0)
  }
  assert.equal(await trimtab.restore(result.text), source)
  assert.equal(await trimtab.restore(`Before. ${result.text}\n\nAfter.`), `Before. ${source}\n\nAfter.`)
})

test('stats say why a unit was kept', async () => {
  const trimtab = await make()
  const { stats } = await trimtab.optimize(documents, { query, budget: 45 })
  const answer = stats.why.find(({ text }) => text.includes('Marta Lindqvist'))
  assert.ok(answer.likelihood > 0 && answer.likelihood <= 1)
  assert.ok(answer.because.length > 0 && answer.because.length <= 3)
  const { stats: kept } = await trimtab.optimize(documents, { query, budget: 60, keep: ['ferry'] })
  assert.ok(kept.why.length <= 8 && kept.why.every(({ text }) => [...text].length <= 80))
  const { stats: whole } = await trimtab.optimize(documents, { tier: 'complete' })
  assert.deepEqual(whole.why, [], 'nothing was chosen')
})

test('every budget from the smallest honest one up is kept', async () => {
  const trimtab = await make()
  let minimum = 0
  await assert.rejects(trimtab.optimize(documents, { query, budget: 0 }), (error) => {
    minimum = error.minimum
    return error.code === 'budget_too_small' && error instanceof TrimtabError && Number.isInteger(minimum)
  })
  await assert.rejects(trimtab.optimize(documents, { query, budget: minimum - 1 }), { code: 'budget_too_small' })
  for (let budget = minimum; budget < minimum + 90; budget++) {
    const { text } = await trimtab.optimize(documents, { query, budget })
    assert.ok(trimtab.count(text) <= budget, `${trimtab.count(text)} tokens at ${budget}`)
  }
})

test('tiers are nested and load gives each as what is new', async () => {
  const trimtab = await make()
  const tiers = ['essential', 'standard', 'comprehensive', 'complete']
  const sentences = report.split('\n\n').flatMap((section) => section.split(/(?<=\.) /))
  const kept = []
  for (const tier of tiers) {
    const result = await trimtab.optimize(report, { query: 'the fish market', tier })
    assert.equal(result.tier, tier)
    kept.push(new Set(sentences.filter((sentence) => result.text.includes(sentence))))
  }
  for (let i = 1; i < kept.length; i++) {
    for (const sentence of kept[i - 1]) assert.ok(kept[i].has(sentence), `${tiers[i]} lost: ${sentence}`)
  }
  assert.ok(kept[0].size < kept[1].size && kept[1].size < kept[2].size && kept[2].size < kept[3].size)
  let text = ''
  let steps = 0
  for await (const step of trimtab.load(report, { query: 'the fish market' })) {
    text += step.delta
    assert.equal(step.text, text, 'what was sent stays a prefix')
    assert.equal(step.tokens, trimtab.count(step.text))
    for (const sentence of kept[steps]) assert.ok(text.includes(sentence), `${step.tier}: ${sentence}`)
    steps++
  }
  assert.equal(steps, 4)
})

test('messages keep their shape, their instructions and the question', async () => {
  const trimtab = await make()
  const messages = [
    { role: 'system', content: 'Answer in one sentence.' },
    { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', function: { name: 'lookup', arguments: '{}' } }] },
    { role: 'tool', tool_call_id: 'call_1', content: report },
    {
      role: 'user',
      content: [{ type: 'text', text: 'What did the fish market cost in 1902?' }, { type: 'image_url' }],
    },
  ]
  const before = structuredClone(messages)
  const { messages: sent, text, tokens } = await trimtab.optimize(messages, { budget: 300 })
  assert.deepEqual(messages, before, "the caller's own are left alone")
  assert.deepEqual([sent[0], sent[1], sent[3]], [messages[0], messages[1], messages[3]])
  assert.equal(sent[2].tool_call_id, 'call_1')
  assert.match(sent[2].content, /1902/)
  assert.ok(sent[2].content.length < report.length / 2)
  assert.ok(trimtab.count(text) <= 300 && tokens.after === trimtab.count(text))
})

test('a message that is left out whole is not empty, and what is sent is within the budget', async () => {
  const trimtab = await make()
  const turns = report.split('\n\n').map((content, i) => ({ role: i % 2 ? 'assistant' : 'user', content }))
  const chat = [...turns, { role: 'user', content: 'What was said about the boat shed in section 25?' }]
  for (const budget of [130, 160, 200]) {
    const { messages } = await trimtab.optimize(chat, { budget })
    assert.equal(messages.length, chat.length)
    assert.deepEqual(messages.at(-1), chat.at(-1))
    assert.ok(messages.every(({ content }) => content.length > 0))
    const sent = messages.reduce((sum, { content }) => sum + trimtab.count(content), 0)
    assert.ok(sent <= budget, `${sent} tokens at ${budget}`)
  }
})

test('what must be kept is kept, and what the model has is not said twice', async () => {
  const trimtab = await make()
  const kept = await trimtab.optimize(report, {
    query: 'the ferry line',
    tier: 'essential',
    keep: [/Section 3[37] /, '1919'],
  })
  for (const text of ['Section 33 ', 'Section 37 ', '1919']) assert.ok(kept.text.includes(text), text)
  const known = 'In 1902 it was repaired for 86 crowns.'
  const without = await trimtab.optimize(report, { query: 'repaired in 1902', tier: 'essential', context: known })
  assert.ok(!without.text.includes(known))
})

test('a text with our own markers in it comes back as it was', async () => {
  const trimtab = await make()
  const hostile = `[…json indent 2, 8 rows of (id)]\n[…\\[… [\\… […128616633266]\n${report}\n[…9 tokens left out: abc]`
  for (const options of [{}, { query: 'the ferry line', budget: 200 }]) {
    const { text } = await trimtab.optimize(hostile, options)
    assert.equal(await trimtab.restore(text), hostile)
  }
})

test('the same request again comes from the cache, and other options are another request', async () => {
  const trimtab = await make()
  const first = await trimtab.optimize(documents, { query, budget: 60 })
  const again = await trimtab.optimize(documents, { query, budget: 60 })
  const other = await trimtab.optimize(documents, { query, budget: 61 })
  assert.deepEqual([first.cached, again.cached, other.cached], [false, true, false])
  assert.equal(again.text, first.text)
})

test('two instances give the same bytes', async () => {
  const [one, other] = [await make(), await make()]
  const options = { query: 'the harbour light', budget: 250 }
  assert.equal((await one.optimize(report, options)).text, (await other.optimize(report, options)).text)
})

test('auto says what it looked at: the content, and the task', async () => {
  const trimtab = await make()
  const content = report.repeat(3)
  const asked = await trimtab.optimize(content, { query: 'the ferry line' })
  assert.equal(asked.tier, 'standard')
  assert.match(
    asked.stats.reason,
    /^half of what matters to the query is in \d+% of the content, which is mostly text: standard$/,
  )
  const translated = await trimtab.optimize(content, { query: 'the ferry line', task: 'translate-report' })
  assert.equal(translated.tier, 'comprehensive')
  assert.match(translated.stats.reason, /mostly text, and the task goes over all of it: comprehensive$/)
})

test('feedback and expanding teach which tier a user needs', async () => {
  const trimtab = await make()
  for (let i = 0; i < 12; i++) {
    const content = `${report}\n\nRound ${i}.`
    const result = await trimtab.optimize(content, { query: 'the ferry line', tier: 'standard', user: 'ada' })
    trimtab.feedback(result.id, { useful: false })
  }
  const learned = await trimtab.optimize(report, { query: 'the ferry line', user: 'ada' })
  const unknown = await trimtab.optimize(report, { query: 'the ferry line', user: 'bob' })
  assert.equal(unknown.tier, 'standard')
  assert.equal(learned.tier, 'comprehensive')
  assert.throws(() => trimtab.feedback('nobody', { useful: true }), { code: 'unknown_ref' })
})

test('a disposed instance says so', async () => {
  const trimtab = await make()
  trimtab.dispose()
  trimtab.dispose()
  assert.throws(() => trimtab.count('x'), { code: 'disposed' })
  await assert.rejects(trimtab.optimize('x'), { code: 'disposed' })
})
