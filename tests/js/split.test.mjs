import assert from 'node:assert/strict'
import { test } from 'node:test'
import { growsExactly } from './growing.mjs'
import { createTrimtab } from './package.mjs'
import { cuts, random, texts } from './texts.mjs'

test('chunks are the text, and none has more tokens than it may', async () => {
  for (const encoding of ['o200k_base', 'cl100k_base', 'r50k_base']) {
    for (const ids of [true, false]) {
      const trimtab = await createTrimtab({ encoding, store: 'memory', ids })
      const next = random(7)
      for (const text of texts(next, 150)) {
        const tokens = 5 + next(20)
        const chunks = trimtab.split(text, tokens)
        assert.ok(chunks.join('') === text, JSON.stringify(text))
        for (const chunk of chunks) {
          assert.ok(trimtab.count(chunk) <= tokens, JSON.stringify(chunk))
          assert.ok(!/^[\udc00-\udfff]/.test(chunk) || /^[\udc00-\udfff]/.test(text) || loneAt(text, chunk))
        }
      }
      trimtab.dispose()
    }
  }
})

/** Whether a chunk that starts with a low surrogate starts with a lone one. */
const loneAt = (text, chunk) => !/[\ud800-\udbff]/.test(text[text.indexOf(chunk) - 1] ?? '')

test('chunks that overlap start with the end of the one before', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  const text = 'The harbour was built in 1911, and nobody complained. 漢字かな交じり文 👍🏽 '.repeat(30)
  const chunks = trimtab.split(text, 40, { overlap: 10 })
  let end = 0
  for (const chunk of chunks) {
    const start = text.lastIndexOf(chunk, end)
    assert.ok(start >= 0 && start <= end && start + chunk.length > end, 'nothing is left out')
    assert.ok(end === 0 || trimtab.count(text.slice(start, end)) <= 12)
    end = start + chunk.length
  }
  assert.equal(end, text.length)
  trimtab.dispose()
})

test('lone surrogates come back as they were', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  const text = 'a\ud800b\udc00 \ud83d\ude00\ud83d'.repeat(20)
  assert.ok(trimtab.split(text, 4).join('') === text)
  trimtab.dispose()
})

test('what can not be split is refused with the facts', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  assert.deepEqual(trimtab.split('', 5), [])
  assert.throws(() => trimtab.split('a 🫨 b', 1), { code: 'budget_too_small', minimum: trimtab.count('🫨') })
  assert.throws(() => trimtab.split('a', 0), { code: 'invalid_input' })
  assert.throws(() => trimtab.split('a', 4, { overlap: 4 }), { code: 'invalid_input', message: /overlap/ })
  for (const tokens of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '4', undefined]) {
    assert.throws(() => trimtab.split('a', tokens), { code: 'invalid_input', message: /tokens/ })
  }
  assert.throws(() => trimtab.split('a', 4, { overlap: -1 }), { code: 'invalid_input', message: /overlap/ })
  assert.throws(() => trimtab.split(7, 4), { code: 'invalid_input', message: /text/ })
  trimtab.dispose()
})

test('a growing text counts as its whole, wherever it is cut', async () => {
  for (const encoding of ['o200k_base', 'cl100k_base', 'r50k_base']) {
    const trimtab = await createTrimtab({ encoding, store: 'memory', ids: false })
    const next = random(11)
    for (const text of texts(next, 60)) growsExactly(trimtab, cuts(next, text))
    trimtab.dispose()
  }
})

test('half a surrogate pair counts as U+FFFD until the other half comes', async () => {
  const trimtab = await createTrimtab({ store: 'memory', ids: false })
  const counter = trimtab.counter()
  for (const [part, whole] of [
    ['a\ud83d', 'a\ufffd'],
    ['', 'a\ufffd'],
    ['\ude00', 'a😀'],
    ['\ude00', 'a😀\ufffd'],
    ['\ud83d', 'a😀\ufffd\ufffd'],
    ['\ud83d\ude00', 'a😀\ufffd\ufffd😀'],
  ]) {
    counter.append(part)
    assert.equal(counter.count, trimtab.count(whole), whole)
    assert.equal(counter.count, trimtab.count(whole), 'asking changes nothing')
  }
  assert.throws(() => counter.append(7), { code: 'invalid_input' })
  counter.dispose()
  counter.dispose()
  assert.throws(() => counter.count, { code: 'disposed' })
  assert.throws(() => counter.append('a'), { code: 'disposed' })
  trimtab.dispose()
})

test('two counters of one instance do not mix', async () => {
  const trimtab = await createTrimtab({ store: 'memory', ids: false })
  const [one, other] = [trimtab.counter(), trimtab.counter()]
  for (const word of 'the quick brown fox'.split(/(?= )/)) {
    one.append(word)
    other.append(word.repeat(2))
    assert.equal(trimtab.count('between them'), 2)
  }
  assert.equal(one.count, trimtab.count('the quick brown fox'))
  assert.equal(other.count, trimtab.count('thethe quick quick brown brown fox fox'))
  trimtab.dispose()
})
