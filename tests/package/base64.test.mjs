// The decoder for engines that have none of their own.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { importSource } from './source.mjs'

const { fromBase64 } = await importSource('base64.ts')
const native = Uint8Array.fromBase64

before(() => {
  delete Uint8Array.fromBase64
})
after(() => {
  if (native) Uint8Array.fromBase64 = native
})

for (const without of [false, true]) {
  test(`bytes of every length and value come back ${without ? 'without' : 'with'} Buffer`, () => {
    const { Buffer } = globalThis
    for (let length = 0; length < 300; length++) {
      const bytes = new Uint8Array(randomBytes(length))
      const text = Buffer.from(bytes).toString('base64')
      if (without) delete globalThis.Buffer
      const decoded = fromBase64(text)
      globalThis.Buffer = Buffer
      assert.deepEqual(decoded, bytes)
    }
  })
}

test("the engine's own decoder is used where there is one", () => {
  Uint8Array.fromBase64 = () => Uint8Array.of(1, 2, 3)
  assert.deepEqual(fromBase64('AAAA'), Uint8Array.of(1, 2, 3))
  delete Uint8Array.fromBase64
})
