// Cloudflare's KV, R2 and D1, in workerd.
import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pkg, root } from '../../scripts/paths.mjs'

const library = await import('miniflare').catch(() => undefined)
const skip = !library && 'npm install in tests/stores brings miniflare'
let running

async function worker() {
  // Modules are found below one folder only.
  const folder = await mkdtemp(join(tmpdir(), 'trimtab-stores-'))
  await cp(pkg, join(folder, 'pkg'), { recursive: true })
  for (const name of ['worker.mjs', 'suite.mjs']) await cp(join(root, 'tests/stores', name), join(folder, name))
  const miniflare = new library.Miniflare({
    modules: true,
    rootPath: folder,
    modulesRoot: folder,
    scriptPath: 'worker.mjs',
    modulesRules: [
      { type: 'ESModule', include: ['**/*.js', '**/*.mjs'] },
      { type: 'CompiledWasm', include: ['**/*.wasm'] },
    ],
    compatibilityDate: '2025-01-01',
    kvNamespaces: ['KV'],
    r2Buckets: ['R2'],
    d1Databases: ['D1'],
  })
  return { miniflare, folder }
}

after(async () => {
  await running?.miniflare.dispose()
  if (running) await rm(running.folder, { recursive: true, force: true })
})

for (const store of ['kv', 'r2', 'd1']) {
  test(`${store} keeps its promises`, { skip }, async () => {
    running ??= await worker()
    const response = await running.miniflare.dispatchFetch(`http://worker/${store}`)
    assert.equal(await response.text(), 'kept')
  })
}
