// Estimates: how near they are, that they say what they are, and what is refused.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { get_encoding } from 'tiktoken'
import * as alone from '../../pkg/estimate.js'
import { estimate, TrimtabError } from './package.mjs'

const file = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8').slice(0, 20_000)

const samples = {
  prose: file('docs/ARCHITECTURE.md'),
  code: file('src/tokenizer/vocabulary.rs'),
  JSON: file('package-lock.json'),
  German:
    'Der Leuchtturm steht auf der nördlichen Klippe, und sein Licht reicht einundzwanzig Seemeilen weit. Jeden Abend steigt die Wärterin die Treppe hinauf, prüft die Lampe und schreibt in das Buch, welche Schiffe sie gesehen hat. Im Winter, wenn der Nebel über der Bucht liegt, läutet sie dazu noch die Glocke.',
  Russian:
    'Маяк стоит на северной скале, и его свет виден за двадцать одну морскую милю. Каждый вечер смотрительница поднимается по лестнице, проверяет лампу и записывает в журнал, какие корабли она видела. Зимой, когда над заливом лежит туман, она ещё и звонит в колокол.',
  Japanese:
    '灯台は北の崖の上に立っていて、その光は二十一海里先まで届きます。毎晩、灯台守は階段を上り、ランプを確かめ、見かけた船の名前を日誌に書き留めます。冬に湾が霧に包まれると、鐘も鳴らします。',
}

const text = 'The lighthouse stands on the northern cliff. Its lamp was lit in 1874.'

/** How far off the estimate of `text` is, as a share. */
function errorOf(text, model, encoding) {
  const peer = get_encoding(encoding)
  const exact = peer.encode(text, [], []).length
  peer.free()
  return Math.abs(estimate(text, model).tokens / exact - 1)
}

test('an estimate is a whole number and says that it is one', () => {
  const found = estimate(text)
  assert.deepEqual(Object.keys(found).sort(), ['exact', 'reason', 'tokens'])
  assert.ok(Number.isInteger(found.tokens) && found.tokens > 0)
  assert.equal(found.exact, false)
  assert.match(found.reason, /o200k_base/)
  assert.deepEqual(estimate(text, 'openai/gpt-5'), found)
})

for (const [kind, sample] of Object.entries(samples)) {
  test(`a text of ${kind} is estimated to within 15%`, () => {
    assert.ok(errorOf(sample, 'gpt-5', 'o200k_base') < 0.15, `${errorOf(sample, 'gpt-5', 'o200k_base')}`)
  })
}

test('models of other encodings are estimated by these', () => {
  const sample = samples.Russian
  assert.ok(errorOf(sample, 'gpt-4', 'cl100k_base') < 0.2)
  assert.ok(estimate(sample, 'gpt-4').tokens > 1.3 * estimate(sample, 'gpt-4o').tokens)
  assert.ok(estimate(sample, 'davinci').tokens > estimate(sample, 'gpt-4').tokens)
})

test('every family of the core has an estimate by its encoding', () => {
  const models = readFileSync(new URL('../../src/tokenizer/models.rs', import.meta.url), 'utf8')
  const table = models.slice(models.indexOf('FAMILIES'), models.indexOf('];'))
  const encodings = {
    O200K: /o200k/,
    HARMONY: /o200k/,
    CL100K: /cl100k/,
    P50K: /p50k/,
    P50K_EDIT: /p50k/,
    R50K: /r50k/,
  }
  const families = [...table.matchAll(/\("([^"]+)", (\w+)\)/g)]
  assert.ok(families.length > 30)
  for (const [, family, encoding] of families) assert.match(estimate(text, family).reason, encodings[encoding], family)
})

test('models whose tokenizer is not public have an estimate with its source', () => {
  const plain = estimate(text).tokens
  for (const model of [
    'claude-opus-4-5',
    'anthropic/claude-sonnet-4.5',
    'us.anthropic.claude-haiku-4-5-v1:0',
    'gemini-3-pro',
  ]) {
    const { tokens, exact, reason } = estimate(text, model)
    assert.equal(exact, false)
    assert.match(reason, /not public.*ai-tokenizer/)
    assert.ok(tokens >= plain && tokens < 1.6 * plain, `${model}: ${tokens}`)
  }
  assert.match(estimate(text, 'grok-4').reason, /no figures/)
  assert.equal(estimate(text, 'grok-4').tokens, plain)
})

test('nothing has no tokens, and anything else has some', () => {
  assert.equal(estimate('').tokens, 0)
  for (const each of [' ', '\n', '\0', '\ud800', '👩‍🚀', 'a\udc00b', '𝟘', '\u{e0067}']) {
    const { tokens } = estimate(each)
    assert.ok(tokens >= 1 && tokens <= 12, `${JSON.stringify(each)}: ${tokens}`)
  }
})

test('a megabyte of one kind is estimated', () => {
  for (const each of ['a', 'A', ' ', '\n', '1', '=', '漢', '👍', "'s", '\r\n']) {
    const { tokens } = estimate(each.repeat(1_000_000 / each.length))
    assert.ok(tokens >= 1 && tokens <= 3_000_000, `${JSON.stringify(each)}: ${tokens}`)
  }
})

test('what is no text, no name and no known name is refused', () => {
  for (const wrong of [undefined, null, 7, {}, ['a']]) {
    assert.throws(() => estimate(wrong), { name: 'TrimtabError', code: 'invalid_input' })
    if (wrong !== undefined) assert.throws(() => estimate(text, wrong), { code: 'invalid_input', message: /model/ })
  }
  for (const model of ['', 'gpt-6', 'my-model', 'toString', '__proto__']) {
    assert.throws(() => estimate(text, model), { code: 'unknown_model' }, model)
  }
})

test('it can be had alone, and is the same', () => {
  assert.equal(alone.estimate, estimate)
  assert.throws(() => alone.estimate(7), TrimtabError)
})
