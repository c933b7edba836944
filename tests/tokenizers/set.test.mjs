// Tokenizers that a caller brings, in the built package, against the reference: `cargo run -p trimtab-tokenizers` wrote the set.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { createTrimtab } from '../../pkg/index.js'
import { tokenizerPack } from '../../pkg/tokenizer.js'
import { target } from '../../scripts/paths.mjs'

const folder = join(target, 'tokenizers')
const json = async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))
const names = (await readdir(folder)).filter((name) => name.endsWith('.expected.json'))

test('there is a set', () => assert.ok(names.length > 10, names.join()))

for (const name of names.map((name) => name.slice(0, -'.expected.json'.length))) {
  test(`${name}: ids, counts and decoded texts are the reference's`, async () => {
    const file = await readFile(join(folder, `${name}.json`))
    const { encoded, decoded } = await json(`${name}.expected.json`)
    const trimtab = await createTrimtab({ tokenizer: tokenizerPack(file), store: 'memory' })
    for (const [text, ids] of encoded) {
      assert.deepEqual([...trimtab.encode(text)], ids, JSON.stringify(text.slice(0, 200)))
      assert.equal(trimtab.count(text), ids.length)
    }
    for (const [text, { length }] of encoded.slice(0, 200)) {
      assert.equal(trimtab.countUpTo(text, length), length)
      if (length > 0) assert.equal(trimtab.countUpTo(text, length - 1), null)
    }
    for (const [ids, text] of decoded) assert.equal(trimtab.decode(ids), text, ids.join())
    trimtab.dispose()
  })
}
