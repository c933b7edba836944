import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode, encode } from '@toon-format/toon'
import { createTrimtab, TrimtabError } from './package.mjs'

const trimtab = await createTrimtab({ store: 'memory', encoding: 'o200k_base' })
const toon = async (source) => (await trimtab.optimize(source, { form: 'toon' })).text

const row = (i) => ({ id: i, name: `berth ${i}`, free: i % 2 === 0, depth: 1.5 + i })
const values = [
  [],
  [[]],
  [[], {}],
  { empty: {}, list: [], text: '', none: null },
  [1, -1, 0.5, 1e20, true, 'true', '1', '-1', '+1', '01', '1e5', 'null', '-', '- a', '# a', ' a', 'a ', 'a,b', 'a:b'],
  ['a"b', 'a\\b', 'a\nb', 'a\tb', '\u0001', 'é😀', '[x]', '{x}', '\ufeffx'],
  [row(1), row(2), row(3)],
  { rows: [row(1), row(2)], other: { one: row(1), two: row(2) } },
  [
    { a: 1, b: { c: 2, d: 3 } },
    { b: { d: 4, c: 5 }, a: 6 },
  ],
  [{ a: 1 }, { b: 2 }],
  [{ a: [row(1), row(2)], b: 1 }, { a: [row(3)], b: [[1, 2], [], [3]] }, 'x', [1, [2, { c: 3 }]]],
  [{ a: { x: row(1), y: row(2) }, b: {} }, { a: { z: { q: 1 } }, c: [] }, {}],
  { 'a b': 1, 'a.b': 2, _c: 3, '': 4, é: { 'x:y': [1] } },
  [
    [1, 2],
    [3, 4],
  ],
  [[row(1)], [[row(2)]]],
]

test('it is what the reference implementation writes', async () => {
  for (const value of values) {
    for (const source of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
      assert.equal(await toon(source), encode(value), source)
      assert.deepEqual(decode(encode(value)), value)
    }
  }
})

test('numbers keep their digits and lose what says nothing', async () => {
  assert.equal(
    await toon('[1.50, 1e3, -0, -0.0, 12E-4, 9007199254740993, 1e400]'.replaceAll(', ', ',')),
    `[7]: 1.5,1000,0,0,0.0012,9007199254740993,1${'0'.repeat(400)}`,
  )
})

test('in a text, JSON stands on lines of its own', async () => {
  const text = await toon(`The berths are ${JSON.stringify([row(1), row(2)])}, and that is all.`)
  assert.equal(text, `The berths are \n${encode([row(1), row(2)])}\n, and that is all.`)
})

test('another form is an error', async () => {
  await assert.rejects(
    trimtab.optimize('{}', { form: 'xml' }),
    (error) => error instanceof TrimtabError && error.code === 'invalid_input',
  )
})
