// Cloudflare's workerd through miniflare: as wrangler bundles a worker, and unbundled by module rules.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../../../scripts/command.mjs'
import { makeProject, newestNode, program } from '../project.mjs'

const node = await newestNode()
const modulesRules = [
  { type: 'ESModule', include: ['**/*.js', '**/*.mjs'] },
  { type: 'CompiledWasm', include: ['**/*.wasm'] },
]

const cell = (name, prepare) => ({
  name,
  needs: () => (node ? undefined : 'miniflare needs a newer Node than 20, and npm has none for this platform'),
  async run() {
    const cwd = await makeProject(name, 'workerd/project')
    const options = await prepare(cwd)
    return (await run(node, ['serve.mjs', JSON.stringify(options)], { cwd })).trim()
  },
})

async function bundledByWrangler(cwd) {
  // `--dry-run` bundles as a deployment would, and deploys nothing.
  const env = { WRANGLER_SEND_METRICS: 'false', CI: 'true', WRANGLER_LOG_PATH: cwd, NO_COLOR: '1' }
  await run(node, [program('wrangler'), 'deploy', '--dry-run', '--outdir', 'out'], { cwd, env })
  return { modules: true, scriptPath: 'out/worker.js', modulesRoot: 'out', modulesRules }
}

// Nothing resolves package names here, so the worker imports the file that the map names for workerd.
async function byModuleRules(cwd) {
  const path = join(cwd, 'worker.mjs')
  const worker = await readFile(path, 'utf8')
  await writeFile(path, worker.replace("'trimtab'", "'./node_modules/trimtab/workerd.js'"))
  return { modules: true, scriptPath: 'worker.mjs', modulesRules }
}

export const workerd = [
  cell('workerd, bundled by wrangler', bundledByWrangler),
  cell('workerd, module rules', byModuleRules),
]
