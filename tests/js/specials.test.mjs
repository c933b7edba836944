import assert from 'node:assert/strict'
import { test } from 'node:test'
import { get_encoding } from 'tiktoken'
import { countTokens, createTrimtab } from './package.mjs'

const names = ['<|endoftext|>', '<|endofprompt|>', '<|fim_prefix|>', '<|fim_middle|>', '<|fim_suffix|>']
const texts = [
  'plain text',
  '<|endoftext|>',
  'a<|endoftext|><|endofprompt|> b',
  '<|fim_prefix|>x<|fim_suffix|>y<|fim_middle|>',
  '<|endoftext|',
  '<|<|endoftext|>|>  ',
  '👍<|endofprompt|>\n\n<|im_start|>',
]
const choices = [
  ['all', 'all'],
  ['all', []],
  [[], []],
  [[], 'all'],
  [['<|endoftext|>'], 'all'],
  [['<|endoftext|>'], []],
  [['<|endoftext|>', '<|fim_middle|>'], ['<|endofprompt|>']],
  [['<|endoftext|>'], ['<|endoftext|>']],
  [[], ['|>']],
  [['nothing'], []],
]

/** What a call gives, or that it throws. */
const outcome = (call) => {
  try {
    return { value: call() }
  } catch (error) {
    return { error }
  }
}

test('special tokens are allowed and refused exactly where tiktoken does', async () => {
  for (const encoding of ['o200k_base', 'cl100k_base', 'p50k_base', 'p50k_edit', 'r50k_base']) {
    const peer = get_encoding(encoding)
    const trimtab = await createTrimtab({ encoding, store: 'memory' })
    for (const text of texts) {
      for (const [allowed, refused] of choices) {
        const what = `${encoding}: ${text}, ${allowed}, ${refused}`
        const expected = outcome(() => [...peer.encode(text, allowed, refused)])
        const options = { allowedSpecial: allowed, disallowedSpecial: refused }
        const actual = outcome(() => [...trimtab.encode(text, options)])
        assert.deepEqual(actual.value, expected.value, what)
        assert.equal(actual.error?.code, expected.error && 'disallowed_special', what)
        const count = outcome(() => trimtab.count(text, options))
        assert.equal(count.value, expected.value?.length, what)
        assert.equal(count.error?.code, actual.error?.code, what)
        if (!expected.value) continue
        assert.equal(trimtab.countUpTo(text, expected.value.length, options), expected.value.length, what)
        if (expected.value.length > 0) assert.equal(trimtab.countUpTo(text, expected.value.length - 1, options), null)
        if (allowed === 'all') assert.equal(trimtab.decode(actual.value), text, what)
      }
    }
    trimtab.dispose()
    peer.free()
  }
})

test('one option alone leaves the other at tiktoken’s default; none leaves all as text', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  const text = `a${names.join('')}`
  const peer = get_encoding('o200k_base')
  assert.deepEqual([...trimtab.encode(text)], [...peer.encode(text, [], [])])
  assert.deepEqual([...trimtab.encode(text, {})], [...peer.encode(text, [], [])])
  assert.throws(() => trimtab.encode(text, { allowedSpecial: ['<|endoftext|>'] }), {
    name: 'TrimtabError',
    code: 'disallowed_special',
    message: /'<\|endofprompt\|>' at 14/,
  })
  assert.deepEqual([...trimtab.encode(text, { disallowedSpecial: [] })], [...peer.encode(text, [], [])])
  assert.deepEqual([...trimtab.encode(text, { allowedSpecial: 'all' })], [...peer.encode(text, 'all')])
  trimtab.dispose()
  peer.free()
})

test('o200k_harmony has its own, and those that are reserved', async () => {
  const trimtab = await createTrimtab({ encoding: 'o200k_harmony', store: 'memory' })
  const options = { allowedSpecial: 'all' }
  assert.deepEqual(
    [...trimtab.encode('<|start|>user<|message|>hi<|end|><|return|><|reserved_200013|>', options)],
    [200006, 1428, 200008, 3686, 200007, 200002, 200013],
  )
  assert.equal(trimtab.count('<|reserved_201088|>', options), trimtab.count('<|reserved_201088|>'))
  trimtab.dispose()
})

test('sets, and the function that stands alone', async () => {
  const special = new Set(['<|endoftext|>'])
  assert.equal(await countTokens('<|endoftext|>', 'gpt-4o'), 7)
  assert.equal(await countTokens('<|endoftext|>', 'gpt-4o', { allowedSpecial: special }), 1)
  await assert.rejects(countTokens('<|endoftext|>', 'gpt-4o', { disallowedSpecial: special }), {
    code: 'disallowed_special',
  })
})

test('names that are none are refused', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  for (const allowedSpecial of ['<|endoftext|>', 7, null, [7], {}, ['\0']]) {
    assert.throws(() => trimtab.encode('x', { allowedSpecial }), { code: 'invalid_input', message: /allowedSpecial/ })
  }
  assert.throws(() => trimtab.count('x', { disallowedSpecial: 'none' }), { code: 'invalid_input' })
  trimtab.dispose()
})
