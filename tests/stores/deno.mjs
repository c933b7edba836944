// Runs the suite in Deno, over its own key-value store: `deno run --unstable-kv deno.mjs <file of the database>`.
import { createTrimtab } from '../../pkg/index.js'
import { keepsItsPromises } from './suite.mjs'

const { Deno } = globalThis
const database = await Deno.openKv(Deno.args[0])

/** Values have at most 64 KiB there: longer ones would have to be cut by whoever needs them. */
const store = {
  get: async (key) => (await database.get([key])).value,
  set: (key, bytes) => database.set([key], bytes),
  delete: (key) => database.delete([key]),
  async keys(prefix) {
    const names = []
    // Of strings, U+FFFF comes after all that may follow the prefix.
    for await (const { key } of database.list({ start: [prefix], end: [`${prefix}\uffff`] })) names.push(key[0])
    return names
  },
}

await keepsItsPromises(createTrimtab, store)
database.close()
console.log('kept')
