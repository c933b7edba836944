// Every kind of content through the whole package: the budget, the way back, and what each tier keeps.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds } from './kinds.mjs'
import { createTrimtab } from './package.mjs'

const tiers = ['essential', 'standard', 'comprehensive', 'complete']

for (const [kind, text] of Object.entries(kinds)) {
  test(`${kind}: every budget holds and every tier comes back byte for byte`, async () => {
    const trimtab = await createTrimtab({ store: 'memory' })
    const complete = (await trimtab.optimize(text)).tokens.after
    const behind = []
    for (const query of [undefined, 'what failed at noon']) {
      for (const tier of tiers) {
        const result = await trimtab.optimize(text, { tier, query })
        assert.equal(trimtab.count(result.text), result.tokens.after)
        assert.equal(await trimtab.restore(result.text), text, `${tier}, ${query}`)
        for (const { ref, tokens, title } of result.omitted) {
          assert.ok(tokens > 0 && typeof title === 'string')
          behind.push(await trimtab.expand(ref))
        }
      }
      for (let budget = 30; budget < complete; budget = Math.ceil(budget * 1.7)) {
        const result = await trimtab.optimize(text, { budget, query }).catch((error) => {
          assert.equal(error.code, 'budget_too_small')
          assert.ok(error.minimum > budget)
        })
        if (!result) continue
        assert.ok(trimtab.count(result.text) <= budget, `${trimtab.count(result.text)} at ${budget}`)
        if (result.text.includes('[…]') && !/\[…\d/.test(result.text)) continue
        assert.equal(await trimtab.restore(result.text), text, `${budget}, ${query}`)
      }
    }
    assert.ok(behind.length > 0)
  })

  test(`${kind}: what a load sends adds up, and nothing is sent twice`, async () => {
    const trimtab = await createTrimtab({ store: 'memory' })
    let text_ = ''
    for await (const step of trimtab.load(text)) {
      text_ += step.delta
      assert.equal(step.text, text_)
      assert.equal(trimtab.count(text_), step.tokens)
    }
    assert.ok(text_.length > 0)
  })
}

test('code: declarations stay at the standard tier, and bodies are behind markers', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  for (const kind of Object.keys(kinds).filter((kind) => kind.startsWith('code'))) {
    const { text, tokens, omitted } = await trimtab.optimize(kinds[kind], { tier: 'standard' })
    assert.ok(text.includes('openGate'), text)
    assert.ok(tokens.after < tokens.before * 0.5, `${kind}: ${tokens.before} to ${tokens.after}\n${text}`)
    assert.ok(omitted.length > 0)
  }
})

test('a log keeps its errors in a tenth of its tokens', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  const budget = Math.ceil(trimtab.count(kinds.log) / 10)
  const { text } = await trimtab.optimize(kinds.log, { budget })
  assert.match(text, /valve 9 is stuck/)
})

test('a meeting keeps every subject, and not its beginning alone', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  const { text } = await trimtab.optimize(kinds.conversation, { tier: 'essential' })
  for (const subject of ['crane', 'ferry', 'market', 'lamp']) assert.ok(text.includes(subject), `${subject}: ${text}`)
})
