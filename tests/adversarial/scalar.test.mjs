// A runtime without vectors, which has to get the other variant of both modules.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testCounts } from './counts.mjs'

const { compile, validate } = WebAssembly
const compiled = []
WebAssembly.validate = () => false
WebAssembly.compile = (bytes) => {
  compiled.push(validate(bytes) && usesVectors(bytes))
  return compile(bytes)
}
after(() => Object.assign(WebAssembly, { compile, validate }))

const { countTokens, createTrimtab } = await import('../../pkg/index.js')

/** Says whether a module has the constant with which it was built with vectors: `v128.const`, sixteen bytes of zeros. */
const usesVectors = (bytes) => Buffer.from(bytes).includes(Buffer.from([0xfd, 0x0c, ...new Array(16).fill(0)]))

testCounts(countTokens, 'the counter without vectors')

test('both modules were the variants without vectors, and the core of them optimizes', async () => {
  const trimtab = await createTrimtab({ store: 'memory' })
  const { text, tokens } = await trimtab.optimize('[{"a": 1, "b": 2}, {"a": 3, "b": 4}, {"a": 5, "b": 6}]')
  assert.equal(trimtab.count(text), tokens.after)
  assert.deepEqual(compiled, [false, false])
})
