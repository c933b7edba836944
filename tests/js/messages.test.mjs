import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calls, cookbook, declared } from '../fixtures/chats.mjs'
import { countMessages, countTokens, createTrimtab } from './package.mjs'

const named = ({ tokens, within, ...request }) => request

test("the cookbook's examples have the counts that the API reported, and are exact", async () => {
  for (const example of cookbook) {
    for (const [model, tokens] of Object.entries(example.tokens)) {
      const result = await countMessages({ model, ...named(example) })
      assert.equal(result.tokens, tokens, `${model}: ${JSON.stringify(named(example))}`)
      assert.deepEqual([result.exact, result.reasons], [true, []], model)
      assert.equal(
        result.messages.reduce((a, b) => a + b, 3 + result.tools),
        tokens,
        'the parts are the whole',
      )
    }
  }
})

test('messages and functions of every shape in the collected examples have the counts that the API reported', async () => {
  for (const example of declared) {
    for (const [model, tokens] of Object.entries(example.tokens)) {
      const result = await countMessages({ model, ...named(example) })
      assert.equal(result.tokens, tokens, JSON.stringify(named(example)))
      assert.equal(result.exact, true, result.reasons.join())
      if (!example.functions) continue
      const tools = example.functions.map((definition) => ({ type: 'function', function: definition }))
      const again = await countMessages({ model, messages: example.messages, tools })
      assert.equal(again.tokens, tokens, 'functions and tools are one thing')
    }
  }
})

test('calls of functions come near to what the API reported, and are not called exact', async () => {
  for (const example of calls) {
    const { within = 0 } = example
    for (const [model, tokens] of Object.entries(example.tokens)) {
      const result = await countMessages({ model, ...named(example) })
      assert.ok(Math.abs(result.tokens - tokens) <= within, `${result.tokens} of ${tokens}: ${JSON.stringify(example)}`)
      assert.equal(result.exact, false)
      assert.match(result.reasons.join(), /calls of functions/)
    }
  }
})

test('a choice among tools costs what the API reported for it', async () => {
  const request = {
    model: 'gpt-3.5-turbo',
    messages: [{ role: 'user', content: 'hello' }],
    functions: [{ name: 'foo' }],
  }
  const count = async (choice) => (await countMessages({ ...request, ...choice })).tokens
  const plain = await count({})
  assert.equal(await count({ tool_choice: 'auto' }), plain)
  assert.equal(await count({ tool_choice: 'none' }), plain + 1)
  assert.equal(await count({ function_call: { name: 'foo' } }), plain + 5)
  assert.equal(await count({ tool_choice: { type: 'function', function: { name: 'foo' } } }), plain + 5)
  assert.equal((await countMessages({ ...request, tool_choice: 'required' })).exact, false)
})

const image = (url, detail) => ({ type: 'image_url', image_url: { url, ...(detail && { detail }) } })
const picture = 'https://example.com/picture.png'

/** What an image of that size adds to a message. */
async function imageTokens(model, width, height, detail) {
  const content = [{ type: 'text', text: 'What is this?' }, image(picture, detail)]
  const imageSize = () => ({ width, height })
  const result = await countMessages({ model, messages: [{ role: 'user', content }] }, { imageSize })
  const without = await countMessages({ model, messages: [{ role: 'user', content: content.slice(0, 1) }] })
  return { tokens: result.tokens - without.tokens, exact: result.exact, reasons: result.reasons }
}

test("images cost what the guide's examples say", async () => {
  const examples = [
    // The examples of the guide's editions of 2024, 2025 and 2026.
    ['gpt-4o', 1024, 1024, 'high', 765],
    ['gpt-4o', 2048, 4096, 'high', 1105],
    ['gpt-4o', 4096, 8192, 'low', 85],
    ['gpt-4.1-nano', 1024, 1024, 'high', Math.ceil(1024 * 2.46)],
    ['gpt-4.1-nano', 1800, 2400, 'high', Math.ceil(1452 * 2.46)],
    ['o4-mini', 1800, 2400, undefined, Math.ceil(1452 * 1.72)],
    ['gpt-5.4', 1024, 1024, 'high', 1229],
    ['gpt-5.4', 2048, 2048, 'high', 3000],
    // By the rules and tables alone.
    ['gpt-4o-mini', 512, 512, 'high', 2833 + 5667],
    ['gpt-4o', 1920, 1080, 'auto', 85 + 6 * 170],
    ['gpt-4o', 1, 1, 'high', 85 + 170],
    ['gpt-5.1', 1024, 1024, 'high', 70 + 4 * 140],
    ['gpt-5', 4096, 8192, 'low', 70],
    ['o3', 1024, 1024, 'high', 75 + 4 * 150],
    ['gpt-5.5', 2048, 2048, 'low', Math.ceil(16 * 16 * 1.2)],
    ['gpt-5.5', 3200, 3200, undefined, 12_000],
    ['gpt-5.6-sol', 6400, 6400, 'original', 48_000],
    ['gpt-5.4-mini', 2048, 2048, 'low', Math.ceil(4096 * 1.2)],
  ]
  for (const [model, width, height, detail, expected] of examples) {
    const { tokens, exact } = await imageTokens(model, width, height, detail)
    assert.equal(tokens, expected, `${model}, ${width} x ${height}, ${detail}`)
    assert.equal(exact, model.startsWith('gpt-4o'), model)
  }
})

const latin1 = (text) => [...Buffer.from(text, 'latin1')]
const lossless = 639 | (479 << 14)

/** The heads of images of 640 x 480 pixels. */
const heads = {
  png: [...latin1('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR'), 0, 0, 2, 0x80, 0, 0, 1, 0xe0],
  gif: [...latin1('GIF89a'), 0x80, 2, 0xe0, 1, 0, 0, 0],
  jpeg: [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc4, 0, 3, 9, 0xff, 0xc2, 0, 17, 8, 1, 0xe0, 2, 0x80, 3],
  webp: [...latin1('RIFF....WEBPVP8 ....'), 0, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0xe0, 1],
  'webp, extended': [...latin1('RIFF....WEBPVP8X....'), 0, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0],
  'webp, lossless': [
    ...latin1('RIFF....WEBPVP8L....'),
    0x2f,
    ...[0, 8, 16, 24].map((shift) => (lossless >> shift) & 255),
  ],
}

test('the size of an image is read from its data', async () => {
  for (const [format, bytes] of Object.entries(heads)) {
    const url = `data:image/any;base64,${Buffer.from(bytes).toString('base64')}`
    const { tokens, exact } = await countMessages({
      model: 'gpt-5.4',
      messages: [{ role: 'user', content: [image(url)] }],
    })
    assert.equal(tokens, 3 + 1 + Math.ceil(20 * 15 * 1.2) + 3, format)
    assert.equal(exact, false)
    const tiled = await countMessages({ model: 'gpt-4o', messages: [{ role: 'user', content: [image(url)] }] })
    assert.deepEqual([tiled.tokens, tiled.exact], [7 + 85 + 2 * 170, true], format)
  }
})

test('an image of unknown size is assumed to have one, and said to be', async () => {
  for (const url of [picture, 'data:image/png;base64,AAAA', 'data:image/jpeg;base64,/9j/', 'data:,x', '']) {
    const result = await countMessages({ model: 'gpt-4o', messages: [{ role: 'user', content: [image(url, 'high')] }] })
    assert.equal(result.tokens, 7 + 765)
    assert.match(result.reasons.join(), /size of an image/)
  }
  const low = await countMessages({ model: 'gpt-4o', messages: [{ role: 'user', content: [image(picture, 'low')] }] })
  assert.deepEqual([low.tokens, low.exact], [7 + 85, true], 'at a low detail the size makes no difference')
})

test('what is not published is labelled, with the reason', async () => {
  const messages = [{ role: 'user', content: 'hello' }]
  const reasons = async (request, options) => {
    const result = await countMessages(request, options)
    assert.equal(result.exact, result.reasons.length === 0)
    return result.reasons.join('; ')
  }
  assert.equal(await reasons({ model: 'gpt-4o', messages }), '')
  assert.match(await reasons(messages), /a message costs gpt-5/)
  assert.match(await reasons(messages, { model: 'o3' }), /a message costs o3/)
  assert.match(await reasons({ model: 'claude-opus-4', messages }), /claude-opus-4/)
  const content = [{ type: 'input_audio', input_audio: {} }]
  assert.match(
    await reasons({ model: 'gpt-4o', messages: [{ role: 'user', content }] }),
    /'input_audio' are not counted/,
  )
  const texts = [
    { type: 'text', text: 'a' },
    { type: 'text', text: 'b' },
  ]
  assert.match(await reasons({ model: 'gpt-4o', messages: [{ role: 'user', content: texts }] }), /several texts/)
  assert.match(await reasons({ model: 'gpt-4', messages: [{ role: 'user', content: [image(picture)] }] }), /no rule/)
  const tools = [{ type: 'function', function: { name: 'f', parameters: { anyOf: [{ type: 'null' }] } } }]
  assert.match(await reasons({ model: 'gpt-4o', messages, tools }), /anyOf/)
  assert.match(await reasons({ model: 'gpt-4o', messages, tools: [{ type: 'web_search' }] }), /'web_search'/)
  assert.match(
    await reasons({ model: 'gpt-4o', messages, response_format: { type: 'json_schema' } }),
    /response_format/,
  )
})

test('an instance counts with its encoding, and says where that is not the model’s', async () => {
  const messages = [{ role: 'user', content: 'hello' }]
  const trimtab = await createTrimtab({ model: 'gpt-4o', store: 'memory', ids: false })
  assert.deepEqual(trimtab.countMessages(messages), { tokens: 8, exact: true, reasons: [], messages: [5], tools: 0 })
  assert.match(trimtab.countMessages({ model: 'gpt-4', messages }).reasons.join(), /cl100k_base/)
  assert.match(trimtab.countMessages({ model: 'claude-opus-4', messages }).reasons.join(), /not public/)
  assert.match(trimtab.countMessages({ model: 'gtp-5', messages }).reasons.join(), /'gpt-5'/)
  trimtab.dispose()
  const plain = await createTrimtab({ encoding: 'cl100k_base', store: 'memory', ids: false })
  assert.match(plain.countMessages(messages).reasons.join(), /names a model/)
  plain.dispose()
})

test('names of special tokens in messages are text', async () => {
  const content = '<|im_start|><|endoftext|>'
  const { messages } = await countMessages({ model: 'gpt-4o', messages: [{ role: 'user', content }] })
  assert.equal(messages[0], 4 + (await countTokens(content, 'gpt-4o')))
})

test('requests of a wrong shape are refused by name', async () => {
  const refused = (request, message) => assert.rejects(countMessages(request), { code: 'invalid_input', message })
  await refused(undefined, /messages must be an array/)
  await refused({ model: 'gpt-4o' }, /messages must be an array/)
  await refused([{ content: 'x' }], /messages\[0\]\.role/)
  await refused([null], /messages\[0\]\.role/)
  await refused([{ role: 'user', content: 7 }], /messages\[0\]\.content/)
  await refused([{ role: 'user', content: [7] }], /messages\[0\]\.content/)
  await refused({ model: 'gpt-4o', messages: [], tools: 7 }, /tools/)
  await refused({ model: 'gpt-4o', messages: [], tools: [{ type: 'function', function: {} }] }, /name/)
  await assert.rejects(countMessages({ model: 'gtp-5', messages: [] }), { code: 'unknown_model', message: /'gpt-5'/ })
  assert.deepEqual(await countMessages({ model: 'gpt-4o', messages: [] }), {
    tokens: 3,
    exact: true,
    reasons: [],
    messages: [],
    tools: 0,
  })
})
