// Memory that the runtime refuses: an error with a code where something is asked for, and the original otherwise.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import o200k_base from '../../pkg/packs/o200k_base.js'
import { createTrimtab } from '../../pkg/slim.js'

const wasm = readFileSync(new URL('../../pkg/core.wasm', import.meta.url))

/** A number of LEB128 at `at`, and where it ends. */
function number(bytes, at) {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    value += (byte & 127) * 2 ** shift
    if (byte < 128) return { value, end: at }
  }
}

const leb128 = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...leb128(value >>> 7)])

/** The module with a memory that grows by no more than `pages` pages: what the runtime would refuse is refused by itself. */
function withMostMemory(pages) {
  for (let at = 8; at < wasm.length; ) {
    const size = number(wasm, at + 1)
    const end = size.end + size.value
    if (wasm[at] === 5) {
      const least = number(wasm, number(wasm, size.end).end + 1).value
      const section = [1, 1, ...leb128(least), ...leb128(least + pages)]
      return Buffer.concat([wasm.subarray(0, at), Buffer.from([5, section.length, ...section]), wasm.subarray(end)])
    }
    at = end
  }
  throw new Error('the module has no memory')
}

/** The core is started once, so all instances share this memory: enough to start, and for prompts of a few megabytes. */
const limited = withMostMemory(600)
const start = () => createTrimtab({ wasm: limited, packs: { o200k_base }, encoding: 'o200k_base', store: 'memory' })

const line = 'The ferry to Sund runs twice a day, and the harbour closes at nine.\n'
const huge = line.repeat(1_500_000)

test('a text that there is no memory for is refused with a code, and shorter ones are still counted', async () => {
  const trimtab = await start()
  const before = trimtab.count(line)
  for (const call of [() => trimtab.count(huge), () => trimtab.encode(huge), () => trimtab.countUpTo(huge, 10)]) {
    assert.throws(call, { name: 'TrimtabError', code: 'out_of_memory', message: /no memory for a text of \d+ bytes/ })
  }
  assert.equal(trimtab.count(line), before)
  trimtab.dispose()
})

test('a prompt that there is no memory for goes out as it is, with the reason', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => `{"id": ${i}, "port": "${(i * 7919) % 10_007}", "open": true}`)
  const prompt = rows.join('\n').repeat(6)
  // The one is refused when it is handed over, the other in the midst of the work.
  for (const content of [huge, prompt]) {
    const trimtab = await start()
    const failures = []
    trimtab.on('failure', ({ error }) => failures.push(error))
    const result = await trimtab.optimize(content)
    assert.equal(result.text === content, true, 'the original')
    assert.equal(result.stats.failure.code, 'internal')
    assert.match(result.stats.failure.message, /memory/)
    assert.equal(failures.length, 1)
    assert.equal(trimtab.count(line), 16, 'and the instance still counts')
    trimtab.dispose()
  }
})
