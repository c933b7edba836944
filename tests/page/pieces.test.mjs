// The page's pure parts, without a browser.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { align, ownGaps } from '../../www/page/alignment.js'
import { ceiling, layout } from '../../www/page/chart.js'
import { absent, count, milliseconds, money, percent } from '../../www/page/format.js'
import { describe as named, readInput } from '../../www/page/input.js'
import { latest } from '../../www/page/latest.js'
import { piecesOf } from '../../www/page/markers.js'

const id = '482193077012'
const omission = (number, tokens = 5, title = `Title ${number}`) => ({ ref: `${id}.${number}`, tokens, title })

describe('markers', () => {
  test('become pieces with their refs, and the text between them stays', () => {
    const text = `One. […5 tokens left out: ${id}.1 Harbour] Two.`
    const [before, marker, after] = piecesOf(text, [omission(1), omission(2)])
    assert.deepEqual([before.text, after.text], ['One. ', ' Two.'])
    assert.deepEqual(marker, { ref: `${id}.1`, tokens: 5, title: 'Title 1', places: 1 })
  })

  test('for all places say how many tokens and places there are, long or short', () => {
    for (const marker of [`[…15 tokens in 3 places left out: ${id}]`, `[…${id}]`]) {
      const pieces = piecesOf(`One. […] Two. ${marker}`, [omission(1), omission(2), omission(3)])
      assert.deepEqual(pieces[1], { gap: '[…]' })
      assert.deepEqual(pieces.at(-1), { ref: id, tokens: 15, title: '', places: 3 })
    }
  })

  test('of another result, or of none, are text', () => {
    for (const text of [
      '[…5 tokens left out: 111111111111.1]',
      `[\\…5 tokens left out: ${id}.1]`,
      `[…${id}.7]`,
      '[…',
    ]) {
      assert.deepEqual(piecesOf(text, [omission(1)]), [{ text }])
    }
    assert.deepEqual(piecesOf('A bare […] of the source.', []), [{ text: 'A bare […] of the source.' }])
  })
})

describe('alignment', () => {
  const texts = (kept) => kept.map((text) => ({ text }))
  const shaded = (source, kept) =>
    align(source, texts(kept), readInput(source))?.spans.map(([start, end]) => source.slice(start, end).trim())

  test('finds what is missing before, between and after what is kept', () => {
    const source = 'First one here. Second one here. Third one here. Fourth one here.'
    assert.deepEqual(shaded(source, ['Second one here.', 'Third one here.']), ['First one here.', 'Fourth one here.'])
    assert.deepEqual(shaded(source, ['First one here.', 'Fourth one here.']), ['Second one here. Third one here.'])
  })

  test('looks into the strings of JSON, and shades nothing around them', () => {
    const documents = [
      { title: 'A', text: 'He said "yes".\nThen he left.' },
      { title: 'B', text: 'Gone.' },
    ]
    assert.deepEqual(shaded(JSON.stringify(documents), ['A\nHe said "yes".']), ['\\nThen he left.', 'Gone.'])
  })

  test('knows the roles that stand before joined messages', () => {
    const source = JSON.stringify([
      { role: 'user', content: 'Good day. Is there a berth?' },
      { role: 'assistant', content: 'There is. It is B-103.' },
    ])
    assert.deepEqual(shaded(source, ['user: Is there a berth?\n\nassistant: There is.']), ['Good day.', 'It is B-103.'])
  })

  test('gives no answer for a text that was rewritten', () => {
    assert.equal(shaded('{"a": 1, "b": 2}', ['a=1; b=2 in another form']), undefined)
  })

  test('is not carried away by a short line that stands everywhere', () => {
    const source = `{\n${'filler line of the source\n'.repeat(300)}}\nthe end of the source`
    const [first] = shaded(source, ['}', 'filler line of the source', 'the end of the source'])
    assert.match(first, /^filler/)
  })

  const source = 'One is here. Two is here. Three is here. Four is here. Five is here.'
  const pieces = [{ text: 'One is here. ' }, { gap: '[…]' }, { text: ' Three is here. ' }, { gap: '[…]' }]

  test('gives each bare gap the omission that stands there', () => {
    const omitted = [omission(1, 4, 'Two is here'), omission(2, 8, 'Four is here. Fi')]
    const owned = ownGaps(source, pieces, align(source, pieces, readInput(source)), omitted)
    assert.deepEqual(
      owned.flatMap(({ ref }) => ref ?? []),
      [`${id}.1`, `${id}.2`],
    )
  })

  test('leaves a gap without one when title or number do not fit', () => {
    const aligned = align(source, pieces, readInput(source))
    for (const omitted of [
      [omission(1, 4, 'Two is here')],
      [omission(1, 4, 'Another thing here'), omission(2, 8, 'No match here')],
    ]) {
      assert.deepEqual(ownGaps(source, pieces, aligned, omitted), pieces)
    }
  })
})

describe('input', () => {
  test('is text unless every item has the shape', () => {
    assert.equal(readInput('[{"text":"a"},{"role":"user"}]').shape, 'text')
    assert.equal(readInput('[]').shape, 'text')
    assert.equal(readInput('{"documents":[{"text":"a"}]}').shape, 'documents')
    assert.equal(readInput(' [{"role":"user","content":[{"type":"text","text":"a"}]}]').parts[0], 'a')
  })

  test('is named with its number', () => {
    assert.equal(named(readInput('')), 'empty')
    assert.equal(named(readInput('[{"text":"a"}]')), '1 document')
  })
})

describe('chart', () => {
  test('an hour without records has no bar, and an hour of zero has one', () => {
    const { bars } = layout(
      [
        { start: 0, before: null, after: null },
        { start: 1, before: 0, after: 0 },
      ],
      300,
    )
    assert.equal(bars[0].before, null)
    assert.equal(bars[1].before.tokens, 0)
  })

  test('keeps inside its frame, whatever the numbers', () => {
    for (const before of [0, 1, 7, 999, 1e9]) {
      const { bars, base } = layout([{ start: 0, before, after: before / 2 }], 300)
      assert.ok(bars[0].before.y >= 0 && bars[0].before.y <= base, String(before))
    }
  })

  test('scales end on round numbers', () => {
    assert.deepEqual([0, 1, 3, 17, 2100].map(ceiling), [1, 1, 3, 20, 3000])
  })
})

describe('format', () => {
  test('what is not known is a dash, never zero', () => {
    for (const format of [count, percent, money, milliseconds]) {
      for (const value of [null, undefined, Number.NaN]) assert.equal(format(value), absent)
    }
    assert.equal(money(0), '$0.00')
    assert.equal(money(0.000512), '$0.00051')
  })
})

describe('latest', () => {
  test('aborts the run before when another is asked for', async () => {
    const signals = []
    const runs = latest(
      (signal) => signals.push(signal),
      () => 0,
    )
    runs.now()
    runs.ask()
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true],
    )
    await new Promise((resolve) => setTimeout(resolve, 1))
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    )
  })
})
