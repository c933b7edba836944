// A tokenizer that the caller brings: what it is used for, and what is refused.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { get_encoding } from 'tiktoken'
import { tokenizerPack } from '../../pkg/tokenizer.js'
import { growsExactly } from './growing.mjs'
import { createTrimtab, report } from './package.mjs'

const require = createRequire(import.meta.url)

/** The vocabulary of an encoding as a `.tiktoken` file: a token in base64 and its rank on each line. */
function tiktokenFile(encoding) {
  const { bpe_ranks: lines } = require(`tiktoken/encoders/${encoding}.json`)
  return lines
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const [, first, ...tokens] = line.split(' ')
      return tokens.map((token, i) => `${token} ${Number(first) + i}`)
    })
    .join('\n')
}

/** The same as a pack, with its special token. */
const tiktokenPack = (encoding) =>
  tokenizerPack(tiktokenFile(encoding), { pattern: encoding, specialTokens: { '<|endoftext|>': 50_256 } })

/** What stands for each byte in a `tokenizer.json`. */
const letters = (() => {
  let next = 256
  const isSeen = (byte) => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173)
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isSeen(byte) ? byte : next++))
})()

/** A small `tokenizer.json`, with `changes` to its fields. */
function small({ model = {}, ...changes } = {}) {
  const merges = [
    ['a', 'b'],
    ['Ġ', 'ab'],
    ['ab', 'ab'],
  ]
  const tokens = [...letters, ...merges.map((pair) => pair.join(''))]
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]))
  const split = { type: 'Split', pattern: { Regex: ' ?\\p{L}+|\\p{N}|[^\\p{L}\\p{N}]' }, behavior: 'Isolated' }
  return {
    added_tokens: [
      { id: 300, content: '<end>', special: true, normalized: false },
      { id: 301, content: '<tool>', special: false, normalized: false },
    ],
    normalizer: null,
    pre_tokenizer: { type: 'Sequence', pretokenizers: [split, { type: 'ByteLevel', use_regex: false }] },
    decoder: { type: 'ByteLevel' },
    model: { type: 'BPE', vocab, merges, ...model },
    ...changes,
  }
}

const texts = [
  '',
  'hello world',
  "It's  we'll\n\n  x \n\n ",
  'Привет 你好 👩‍👩‍👧‍👦 12345',
  '<|endoftext|>',
  'x'.repeat(3_000),
]

test('a .tiktoken file counts and encodes as the reference does', async () => {
  for (const encoding of ['cl100k_base', 'r50k_base']) {
    const peer = get_encoding(encoding)
    const tokenizer = tokenizerPack(tiktokenFile(encoding), { pattern: encoding })
    const trimtab = await createTrimtab({ tokenizer, store: 'memory' })
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

test('a file works as text, as bytes, parsed and as a pack, and all that counts uses it', async () => {
  const json = JSON.stringify(small())
  for (const tokenizer of [json, new TextEncoder().encode(json), small(), tokenizerPack(json)]) {
    const trimtab = await createTrimtab({ tokenizer, store: 'memory', encoding: 'r50k_base' })
    assert.match(trimtab.encoding, /^own:[0-9a-f]{16}$/)
    assert.deepEqual([...trimtab.encode('ab abab12')], [256, 257, 256, 49, 50])
    assert.equal(trimtab.count('ab abab12'), 5)
    const budget = Math.ceil(trimtab.count(report) / 2)
    const result = await trimtab.optimize(report, { query: 'What about the ferry line?', budget })
    assert.ok(result.tokens.after <= budget)
    assert.equal(trimtab.count(result.text), result.tokens.after, 'the budget is counted with it')
    trimtab.dispose()
  }
})

test('special tokens are text, and other added tokens are tokens', async () => {
  const trimtab = await createTrimtab({ tokenizer: small(), store: 'memory' })
  assert.deepEqual([...trimtab.encode('<tool>')], [301])
  assert.ok(!trimtab.encode('<end>').includes(300))
  assert.equal(trimtab.decode([300, 301, 256]), '<end><tool>ab')
  trimtab.dispose()
})

test('two tokenizers do not share what they cached', async () => {
  const one = await createTrimtab({ tokenizer: small(), store: 'memory' })
  const other = await createTrimtab({ tokenizer: small({ added_tokens: [] }), store: 'memory' })
  assert.notEqual(one.encoding, other.encoding)
})

test('ids that it does not have are refused, and bytes that are no UTF-8 are U+FFFD', async () => {
  const trimtab = await createTrimtab({ tokenizer: small(), store: 'memory' })
  assert.throws(() => trimtab.decode([299]), { code: 'invalid_token', message: /299/ })
  assert.throws(() => trimtab.decode([4_000_000_000]), { code: 'invalid_token' })
  const id = letters.indexOf(letters[0xe2])
  assert.equal(trimtab.decode([256, id, 256]), 'ab\ufffdab')
  trimtab.dispose()
})

const steps = (...pretokenizers) => ({ pre_tokenizer: { type: 'Sequence', pretokenizers } })
const split = (Regex) => ({ type: 'Split', pattern: { Regex }, behavior: 'Isolated' })
const bytes = { type: 'ByteLevel', use_regex: false }

for (const [what, changes, field] of [
  ['another model', { model: { type: 'Unigram' } }, 'model.type'],
  ['byte fallback', { model: { byte_fallback: true } }, 'model.byte_fallback'],
  ['dropout', { model: { dropout: 0.1 } }, 'model.dropout'],
  ['a prefix of parts', { model: { continuing_subword_prefix: '##' } }, 'model.continuing_subword_prefix'],
  ['a suffix of words', { model: { end_of_word_suffix: '</w>' } }, 'model.end_of_word_suffix'],
  ['a missing byte', { model: { vocab: { a: 0 }, merges: [] } }, 'model.vocab'],
  ['another normalizer', { normalizer: { type: 'NFKC' } }, 'normalizer'],
  ['one among several', { normalizer: { type: 'Sequence', normalizers: [{ type: 'Strip' }] } }, 'normalizers[0]'],
  ['no pre-tokenizer', { pre_tokenizer: null }, 'pre_tokenizer'],
  ['an unknown pre-tokenizer', steps({ type: 'Metaspace' }, bytes), 'pretokenizers[0].type'],
  ['a step after the bytes', steps(bytes, split('a')), 'pre_tokenizer'],
  ['a space before', steps({ ...bytes, add_prefix_space: true }), 'add_prefix_space'],
  ['another behavior', steps({ ...split('a'), behavior: 'MergedWithNext' }, bytes), 'pretokenizers[0].behavior'],
  ['a text that is dropped', steps({ ...split('a'), behavior: 'Removed', invert: true }, bytes), 'drops'],
  ['a match of nothing', steps(split('a*'), bytes), 'may match nothing'],
  ['a look-behind', steps(split('(?<=a)b'), bytes), 'group'],
  ['a long look-ahead', steps(split('a(?!bc)'), bytes), 'look-ahead'],
  ['an anchor', steps(split('^a'), bytes), '"^"'],
  ['an unknown property', steps(split('\\p{Emoji}'), bytes), '"Emoji"'],
  ['a back-reference', steps(split('(a)\\1'), bytes), '\\1'],
  ['a decoder of another kind', { decoder: { type: 'Metaspace' } }, 'decoder'],
]) {
  test(`${what} is unsupported, and the field is named`, async () => {
    const error = await createTrimtab({ tokenizer: small(changes), store: 'memory' }).catch((error) => error)
    assert.equal(error.name, 'TrimtabError')
    assert.equal(error.code, 'unsupported_tokenizer', error.message)
    assert.ok(error.message.includes(field), error.message)
  })
}

const vocab = small().model.vocab
for (const [what, file, field] of [
  ['a file that is cut short', JSON.stringify(small()).slice(0, -100), 'JSON'],
  ['a file that is no UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe), 'UTF-8'],
  ['a file without a model', {}, 'model'],
  ['ids that are given twice', small({ model: { vocab: { ...vocab, abab: 0 } } }), 'model.vocab'],
  ['an id that is none', small({ model: { vocab: { ...vocab, abab: -1 } } }), '-1'],
  ['a merge of an unknown token', small({ model: { merges: [['a', 'zz']] } }), 'model.merges[0]'],
  ['a merge into an unknown token', small({ model: { merges: [['b', 'b']] } }), '"bb"'],
  ['a merge of three', small({ model: { merges: ['a b c'] } }), 'model.merges[0]'],
  ['merges that are no list', small({ model: { merges: 7 } }), 'model.merges'],
  ['an added token that contradicts', small({ added_tokens: [{ id: 400, content: 'ab' }] }), 'added_tokens[0].id'],
  ['an added token without a text', small({ added_tokens: [{ id: 400 }] }), 'added_tokens[0].content'],
  ['a line that is no token', 'IQ== 0\nIg==', 'line 2'],
]) {
  test(`${what} is refused as damaged, and the field is named`, async () => {
    const options = typeof file === 'string' && !file.startsWith('{') ? { pattern: 'gpt2' } : {}
    assert.throws(
      () => tokenizerPack(file, options),
      (error) => {
        assert.equal(error.code, 'invalid_tokenizer', error.message)
        assert.ok(error.message.includes(field), error.message)
        return true
      },
    )
  })
}

test('a .tiktoken file needs a pattern, and a pack that was changed is noticed', async () => {
  assert.throws(() => tokenizerPack('IQ== 0'), { code: 'invalid_tokenizer', message: /pattern/ })
  assert.throws(() => tokenizerPack(7), { code: 'invalid_input' })
  const pack = tokenizerPack(small())
  pack[pack.length - 3] ^= 1
  await assert.rejects(createTrimtab({ tokenizer: pack, store: 'memory' }), { code: 'invalid_pack' })
  await assert.rejects(createTrimtab({ tokenizer: pack.subarray(0, 60), store: 'memory' }), { code: 'invalid_pack' })
})

test('its chunks fit, and are the text', async () => {
  const trimtab = await createTrimtab({ tokenizer: small(), store: 'memory' })
  const text = 'ab abab12<tool> abab '.repeat(20)
  const chunks = trimtab.split(text, 7)
  assert.equal(chunks.join(''), text)
  for (const chunk of chunks) assert.ok(trimtab.count(chunk) <= 7, chunk)
  const overlapping = trimtab.split(text, 7, { overlap: 2 })
  assert.ok(overlapping.length > chunks.length)
  for (const chunk of overlapping) assert.ok(trimtab.count(chunk) <= 7, chunk)
  assert.throws(() => trimtab.split('é', 1), { code: 'budget_too_small', minimum: 2 })
  trimtab.dispose()
})

test('a text that grows has the count of the whole', async () => {
  const files = [small(), small({ normalizer: { type: 'NFC' } }), tiktokenPack('r50k_base')]
  for (const tokenizer of files) {
    const trimtab = await createTrimtab({ tokenizer, store: 'memory' })
    growsExactly(trimtab, ['a', 'b ab', 'ab1', '2 <to', 'ol> e', '\u0301', '\ud83d', '\udc4d', '<end>', '\n\n x'])
    trimtab.dispose()
  }
})

test('its special tokens are allowed, refused or text', async () => {
  const trimtab = await createTrimtab({ tokenizer: small(), store: 'memory' })
  const text = 'ab<end>ab'
  assert.deepEqual([...trimtab.encode(text, { allowedSpecial: 'all' })], [256, 300, 256])
  assert.deepEqual([...trimtab.encode(text, { allowedSpecial: ['<end>'] })], [256, 300, 256])
  assert.equal(trimtab.count(text, { allowedSpecial: 'all' }), 3)
  assert.equal(trimtab.countUpTo(text, 2, { allowedSpecial: 'all' }), null)
  assert.equal(trimtab.count(text), 7, 'text without a say')
  assert.throws(() => trimtab.count(text, { disallowedSpecial: 'all' }), {
    code: 'disallowed_special',
    message: /<end>/,
  })
  trimtab.dispose()
})

test('the special tokens of a .tiktoken file are those that are named', async () => {
  const [peer, trimtab] = [
    get_encoding('r50k_base'),
    await createTrimtab({ tokenizer: tiktokenPack('r50k_base'), store: 'memory' }),
  ]
  const text = 'one<|endoftext|>two'
  const expected = [...peer.encode(text, 'all')]
  assert.deepEqual([...trimtab.encode(text, { allowedSpecial: 'all' })], expected)
  assert.equal(trimtab.decode(expected), text)
  assert.deepEqual([...trimtab.encode(text)], [...peer.encode(text, [], [])])
  trimtab.dispose()
  peer.free()
})
