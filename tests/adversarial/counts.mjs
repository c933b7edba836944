// Counting alone: the counter and a vocabulary without ids, which is another module and other data than the core's.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodings, readSet } from './set.mjs'

/** Tests that `countTokens` gives the reference's counts. */
export function testCounts(countTokens, name) {
  const { texts, units, megabytes } = readSet()
  for (const encoding of encodings) {
    test(`${encoding}: ${name} counts every text as the reference does`, async () => {
      for (const { text, ids } of [...texts, ...units, ...megabytes]) {
        const expected = ids[encoding]
        if (!expected) continue
        const count = await countTokens(text, encoding)
        if (count !== expected.length)
          assert.fail(`${count} and not ${expected.length}: ${JSON.stringify(text.slice(0, 200))}`)
      }
    })
  }
}
