// Runs the suite in a worker, over the engines that Cloudflare has.
import { createTrimtab } from './pkg/workerd.js'
import { keepsItsPromises } from './suite.mjs'

const kv = (namespace) => ({
  get: (key) => namespace.get(key, 'arrayBuffer'),
  set: (key, bytes) => namespace.put(key, bytes),
  delete: (key) => namespace.delete(key),
  async keys(prefix) {
    const names = []
    for (let cursor, done = false; !done; ) {
      const page = await namespace.list({ prefix, cursor })
      names.push(...page.keys.map(({ name }) => name))
      cursor = page.cursor
      done = page.list_complete
    }
    return names
  },
})

const r2 = (bucket) => ({
  get: async (key) => (await bucket.get(key))?.arrayBuffer(),
  set: (key, bytes) => bucket.put(key, bytes),
  delete: (key) => bucket.delete(key),
  async keys(prefix) {
    const names = []
    for (let cursor, done = false; !done; ) {
      const page = await bucket.list({ prefix, cursor })
      names.push(...page.objects.map(({ key }) => key))
      cursor = page.cursor
      done = !page.truncated
    }
    return names
  },
})

const d1 = (database) => ({
  async get(key) {
    const row = await database.prepare('SELECT bytes FROM records WHERE name = ?').bind(key).first()
    return row && Uint8Array.from(row.bytes)
  },
  set: (key, bytes) =>
    database.prepare('INSERT OR REPLACE INTO records (name, bytes) VALUES (?, ?)').bind(key, bytes).run(),
  delete: (key) => database.prepare('DELETE FROM records WHERE name = ?').bind(key).run(),
  async keys(prefix) {
    const found = database.prepare('SELECT name FROM records WHERE substr(name, 1, ?) = ?').bind(prefix.length, prefix)
    return (await found.all()).results.map(({ name }) => name)
  },
})

export default {
  async fetch(request, { KV, R2, D1 }) {
    await D1.exec('CREATE TABLE IF NOT EXISTS records (name TEXT PRIMARY KEY, bytes BLOB)')
    const stores = { kv: () => kv(KV), r2: () => r2(R2), d1: () => d1(D1) }
    try {
      await keepsItsPromises(createTrimtab, stores[new URL(request.url).pathname.slice(1)]())
      return new Response('kept')
    } catch (error) {
      return new Response(error.stack ?? String(error), { status: 500 })
    }
  },
}
