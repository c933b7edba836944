// The stand-ins for TextDecoder and TextEncoder against the platform's own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importSource } from './source.mjs'

const { FallbackDecoder, FallbackEncoder } = await importSource('entries/text-codec.ts')
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** A small generator of pseudo-random integers, so that a failure can be repeated. */
function* numbers(seed) {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    yield state >>> 8
  }
}

test('every sequence of up to two bytes decodes as the platform decodes it', () => {
  for (let first = 0; first < 256; first++) {
    for (let second = 0; second < 256; second++) {
      const bytes = Uint8Array.of(first, second)
      assert.equal(new FallbackDecoder().decode(bytes), decoder.decode(bytes), `${first} ${second}`)
    }
  }
})

test('malformed sequences of lead and continuation bytes decode as the platform decodes them', () => {
  const telling = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4]
  const next = numbers(7)
  for (let round = 0; round < 50_000; round++) {
    const bytes = Uint8Array.from({ length: 6 }, () => telling[next.next().value % telling.length])
    assert.equal(new FallbackDecoder().decode(bytes), decoder.decode(bytes), bytes.join(' '))
  }
})

test('text of every plane, a BOM and lone surrogates encode as the platform encodes them', () => {
  const texts = [
    '',
    'plain',
    '\ufeffBOM',
    'é',
    '東京',
    '👩‍🚀',
    '\ud800',
    'a\udc00b',
    '\udbff\udfff',
    '\u0000\u007f\u0080\u07ff\u0800\uffff',
  ]
  for (const text of texts) {
    assert.deepEqual(new FallbackEncoder().encode(text), encoder.encode(text), JSON.stringify(text))
    assert.equal(new FallbackDecoder().decode(encoder.encode(text)), decoder.decode(encoder.encode(text)))
  }
})

test('encodeInto stops before a character that does not fit, and says how far it came', () => {
  for (let room = 0; room < 16; room++) {
    const [found, expected] = [new Uint8Array(room), new Uint8Array(room)]
    const told = new FallbackEncoder().encodeInto('aé東👩b', found)
    assert.deepEqual(told, encoder.encodeInto('aé東👩b', expected), `${room} bytes`)
    assert.deepEqual(found, expected)
  }
})
