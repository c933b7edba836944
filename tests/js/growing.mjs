// A text that grows part by part, counted after each.
import assert from 'node:assert/strict'

/** Fails unless a counter of `trimtab` has the count of the whole text after each of `parts`. */
export function growsExactly(trimtab, parts) {
  const counter = trimtab.counter()
  let whole = ''
  for (const part of parts) {
    counter.append(part)
    whole += part
    assert.equal(counter.count, trimtab.count(whole), JSON.stringify(whole))
  }
  counter.dispose()
}
