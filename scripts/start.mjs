// Sets up, builds what changed, optimizes a sample and serves the playground and the dashboard: `npm start`; `-- --once` ends after the
// sample, `-- --port 8080` asks for a port.
import { watch } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build.mjs'
import { publishedMounts } from './pages.mjs'
import { www } from './paths.mjs'
import { serve } from './serve.mjs'
import { setup } from './setup.mjs'

const { values } = parseArgs({ options: { once: { type: 'boolean' }, port: { type: 'string', default: '4173' } } })

await setup()
await build({ ifChanged: true })
// Imported here because it uses the package, which is there only now.
await import('./sample.mjs')
if (!values.once) {
  const { url } = await serve({ mounts: publishedMounts(), port: Number(values.port) })
  await followPages()
  console.log(`\nThe playground is at ${url}, the dashboard at ${url}dashboard.html (Ctrl+C ends both)`)
}

/** Makes the pages anew when one of their files changes, which takes a moment, so that reloading shows it. */
async function followPages() {
  const { buildPages } = await import('./build/pages.mjs')
  let [making, asked] = [Promise.resolve(), false]
  const make = () => {
    asked = false
    return buildPages().catch((error) => console.error(`The pages stay as they were: ${error.message}`))
  }
  const ask = () => {
    if (!asked) making = making.then(make)
    asked = true
  }
  // Folder by folder: watching all at once, Node loses a file that an editor has put another in the place of.
  const entries = await readdir(www, { withFileTypes: true, recursive: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
  for (const folder of [www, ...folders]) watch(folder, ask)
}
