// Vocabularies that are not what is needed. A file of its own, because a vocabulary is loaded once for all instances.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTrimtab } from './package.mjs'

test('a pack that is none is refused, and so are ids where the vocabulary has none', async () => {
  const damaged = createTrimtab({
    store: 'memory',
    encoding: 'p50k_base',
    packs: { p50k_base: Uint8Array.of(1, 2, 3) },
  })
  await assert.rejects(damaged, { code: 'invalid_pack' })
  const trimtab = await createTrimtab({ store: 'memory', encoding: 'r50k_base', ids: false })
  assert.equal(trimtab.count('hello world'), 2)
  for (const call of [() => trimtab.encode('hello'), () => trimtab.decode([1])])
    assert.throws(call, { code: 'pack_unavailable' })
  trimtab.dispose()
})
