// Sets up, builds what changed, optimizes a sample and serves the playground and the dashboard: `npm start`; `-- --once` ends after the
// sample, `-- --port 8080` asks for a port.
import { parseArgs } from 'node:util'
import { build } from './build.mjs'
import { pageMounts } from './pages.mjs'
import { serve } from './serve.mjs'
import { setup } from './setup.mjs'

const { values } = parseArgs({ options: { once: { type: 'boolean' }, port: { type: 'string', default: '4173' } } })

await setup()
await build({ ifChanged: true })
// Imported here because it uses the package, which is there only now.
await import('./sample.mjs')
if (!values.once) {
  const { url } = await serve({ mounts: pageMounts(), port: Number(values.port) })
  console.log(`\nThe playground is at ${url}, the dashboard at ${url}dashboard.html (Ctrl+C ends both)`)
}
