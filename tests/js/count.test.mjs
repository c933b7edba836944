import assert from 'node:assert/strict'
import { test } from 'node:test'
import { get_encoding } from 'tiktoken'
import { countMessages, countTokens, createCounter, createTrimtab } from './package.mjs'

const texts = [
  '',
  ' ',
  '   \n\n\t ',
  'hello world',
  "It’s we’ll I’m, they've DON'T",
  'const f = (x) => x ** 2 // done\r\n',
  '{"a": [1, 2.5e-3, null], "b": "\\u00e9"}',
  'Привет мир, 你好世界, こんにちは, สวัสดี, مرحبا, שלום, नमस्ते',
  '👩‍👩‍👧‍👦 🇩🇪 👍🏽',
  '\u0000\u0001\u0085\u00a0\ufeffx',
  '<|endoftext|> and <|im_start|>',
]

test('counts and ids are those of tiktoken, in every encoding', async () => {
  for (const encoding of ['o200k_base', 'cl100k_base', 'p50k_base', 'r50k_base']) {
    const peer = get_encoding(encoding)
    const trimtab = await createTrimtab({ encoding, store: 'memory' })
    for (const text of texts) {
      const expected = [...peer.encode(text, [], [])]
      assert.deepEqual([...trimtab.encode(text)], expected, `${encoding}: ${JSON.stringify(text)}`)
      assert.equal(trimtab.count(text), expected.length)
      assert.equal(trimtab.decode(expected), text)
    }
    trimtab.dispose()
    peer.free()
  }
})

// Characters at the boundaries of the classes that texts are split by.
const edges = [
  ..."aZǅʰあ\u0301\u09031½٣  \u00a0\u3000\u0085\t\n\r''sSſtlLrvemd/!<|>-_\u0000\ufeff\u200d👩🏽漢ßÉıİ\u0378\ue000",
]

test('thousands of mixtures of edge characters have the ids of tiktoken', async () => {
  for (const encoding of ['o200k_base', 'cl100k_base', 'r50k_base']) {
    const trimtab = await createTrimtab({ encoding, store: 'memory' })
    const peer = get_encoding(encoding)
    let state = 42
    const next = (below) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    for (let i = 0; i < 3_000; i++) {
      const text = Array.from({ length: 1 + next(40) }, () => edges[next(edges.length)]).join('')
      assert.deepEqual(
        [...trimtab.encode(text)],
        [...peer.encode(text, [], [])],
        `${encoding}: ${JSON.stringify(text)}`,
      )
    }
    trimtab.dispose()
    peer.free()
  }
})

test('a megabyte of one character comes back', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  for (const character of ['a', ' ', '\n', '漢']) {
    const text = character.repeat(1_000_000)
    const ids = trimtab.encode(text)
    assert.equal(trimtab.count(text), ids.length)
    assert.ok(trimtab.decode(ids) === text, character)
  }
})

test('a lone surrogate counts as the replacement character, wherever it stands', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  for (const text of ['\ud800', 'a\udc00b', '\ud800\ud800', 'x\ud83d', '\udc4d\ud83d']) {
    assert.deepEqual([...trimtab.encode(text)], [...trimtab.encode(text.toWellFormed?.() ?? replaced(text))])
  }
})
const replaced = (text) =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')

test('every UTF-16 code unit alone can be counted', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  for (let unit = 0; unit < 65_536; unit++) assert.ok(trimtab.count(String.fromCharCode(unit)) > 0, `U+${unit}`)
})

test('countUpTo gives the count up to the limit, and null above it', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  const count = trimtab.count('one two three four')
  assert.equal(trimtab.countUpTo('one two three four', count), count)
  assert.equal(trimtab.countUpTo('one two three four', count - 1), null)
  assert.equal(trimtab.countUpTo('one', Number.POSITIVE_INFINITY), 1)
  assert.throws(() => trimtab.countUpTo('one', -1), { code: 'invalid_input' })
  assert.throws(() => trimtab.countUpTo('one', Number.NaN), { code: 'invalid_input' })
})

test("countTokens resolves models, and says why it can't where it can't", async () => {
  assert.equal(await countTokens('hello world', 'gpt-4o-2024-05-13'), 2)
  assert.equal(await countTokens('hello world', 'gpt-3.5-turbo'), 2)
  await assert.rejects(countTokens('x', 'gtp-5'), { name: 'TrimtabError', code: 'unknown_model', message: /'gpt-5'/ })
  await assert.rejects(countTokens('x', 'claude-opus-4'), { code: 'unknown_model', message: /not public/ })
  for (const ask of [(model) => countTokens('x', model), createCounter, (model) => countMessages([], { model })])
    for (const model of [7, {}, ['gpt-5']])
      await assert.rejects(ask(model), { code: 'invalid_input', message: /model/ })
  assert.equal(await countTokens('hello world', 'gpt-5'), 2, 'and still works after errors')
})

test('ids that the encoding does not have are refused by name', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  assert.throws(() => trimtab.decode([1, 4_000_000]), { code: 'invalid_token', message: /4000000/ })
  assert.equal(trimtab.decode(Uint32Array.of(24912)), 'hello')
})

test('a text of fifty megabytes is counted', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  const line = 'All work and no play makes Jack a dull boy.\n'
  const times = Math.ceil((50 * 2 ** 20) / line.length)
  assert.equal(trimtab.count(line.repeat(times)), trimtab.count(line) * times)
})

test('an encoding that there is not is refused with those there are', async () => {
  await assert.rejects(createTrimtab({ encoding: 'o300k' }), { code: 'unknown_model', message: /o200k_base/ })
})
