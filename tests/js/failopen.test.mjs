import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTrimtab, documents } from './package.mjs'

test('when the optimizer fails the original goes out, and the failure is an event and a record', async () => {
  // The clock is the one thing of the caller's that optimizing goes through.
  let broken = false
  const now = () => {
    if (broken) throw new Error('no time')
    return 1_000
  }
  const trimtab = await createTrimtab({ store: 'memory', now })
  const failures = []
  trimtab.on('failure', ({ error }) => failures.push(error))
  broken = true
  const messages = [{ role: 'user', content: 'hello world' }]
  const text = await trimtab.optimize('hello world', { budget: 1 })
  const chat = await trimtab.optimize(messages)
  const docs = await trimtab.optimize(documents)
  broken = false
  assert.equal(text.text, 'hello world')
  assert.deepEqual(text.tokens, { before: 2, after: 2 })
  assert.equal(text.stats.failure.code, 'internal')
  assert.equal(chat.messages, messages)
  assert.match(docs.text, /^Harbour\nThe harbour/)
  assert.equal(failures.length, 3)
  assert.equal((await trimtab.optimize('hello')).text, 'hello', 'and the instance still works')
})
