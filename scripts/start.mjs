// Sets up, builds what changed, optimizes a sample and serves the playground and the dashboard: `npm start`; `-- --once` ends after the
// sample, `-- --port 8080` asks for a port.
import { watch } from 'node:fs'
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
  watch(www, { recursive: true }, () => {
    if (!asked) making = making.then(make)
    asked = true
  })
}
