// Counts once with a bundle, and says which of its chunks were loaded and which files it asked for.
import { register } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { file, pathOf } from '../files.mjs'

const [entry] = process.argv.slice(2)
const loaded = new Set()
const { port1, port2 } = new MessageChannel()
port1.on('message', (url) => loaded.add(fileURLToPath(url)))
const folder = new URL('.', pathToFileURL(entry)).href
register('./record.mjs', import.meta.url, { data: { port: port2, folder }, transferList: [port2] })

const asked = (name) => {
  loaded.add(pathOf(name))
  return file(name)
}
const { load } = await import(pathToFileURL(entry))
const { count } = await load(asked)
const tokens = await count('hello world')
if (tokens !== 2) throw new Error(`hello world has 2 tokens, not ${tokens}`)
// What the hooks have sent arrives in later turns of the loop.
await new Promise((resolve) => setTimeout(resolve, 100))
port1.close()
console.log(JSON.stringify([...loaded]))
