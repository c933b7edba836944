// The built package, which is to say wasm32, against the ids of the reference, text by text.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTrimtab } from '../../pkg/index.js'
import { encodings, readSet, sameIds, wellFormed } from './set.mjs'

const set = readSet()
const shown = (text) => JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text)

/** Fails on the first text of `group` for which `holds` does not hold. */
function forEach(group, encoding, holds) {
  for (const { text, ids } of group) {
    const wrong = holds(text, ids[encoding])
    if (wrong) assert.fail(`${encoding}, ${wrong}: ${shown(text)}`)
  }
}

const isExact = (trimtab) => (text, expected) => {
  const count = expected.length
  if (!sameIds(trimtab.encode(text), expected)) return `ids, expected ${expected.slice(0, 50)}`
  if (trimtab.count(text) !== count) return `count, expected ${count}`
  if (trimtab.decode(expected) !== wellFormed(text)) return 'decode'
}

const stopsAtTheLimit = (trimtab) => (text, expected) => {
  const count = expected.length
  if (count > 0 && trimtab.countUpTo(text, count - 1) !== null) return `countUpTo ${count - 1}`
  if (trimtab.countUpTo(text, count) !== count) return `countUpTo ${count}`
  if (trimtab.countUpTo(text, count + 1) !== count) return `countUpTo ${count + 1}`
}

test('the set has 50,000 texts, all code units, and the megabytes, each text once', () => {
  assert.equal(set.texts.length, 50_000)
  assert.equal(new Set(set.texts.map(({ text }) => text)).size, 50_000)
  assert.deepEqual(
    set.units.map(({ text }) => text.charCodeAt(0)),
    Array.from({ length: 65_536 }, (_, unit) => unit),
  )
  assert.equal(set.megabytes.length, 9)
})

for (const encoding of encodings) {
  test(`${encoding}: every text and every code unit has the reference's ids and count, and comes back`, async () => {
    const trimtab = await createTrimtab({ encoding, store: 'memory' })
    for (const group of [set.texts, set.units]) forEach(group, encoding, isExact(trimtab))
    trimtab.dispose()
  })

  test(`${encoding}: countUpTo stops at the limit and not before, for every text`, async () => {
    const trimtab = await createTrimtab({ encoding, store: 'memory' })
    forEach(set.texts, encoding, stopsAtTheLimit(trimtab))
    trimtab.dispose()
  })

  test(`${encoding}: megabytes of one kind come back, with the oracle's ids where there is one`, async () => {
    const trimtab = await createTrimtab({ encoding, store: 'memory' })
    forEach(set.megabytes, encoding, (text, expected) => isExact(trimtab)(text, expected ?? trimtab.encode(text)))
    trimtab.dispose()
  })
}
