// Chromium, through each bundler and without one, always under a policy that allows nothing but the page's own files.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serve } from '../../../scripts/serve.mjs'
import { makeProject } from '../project.mjs'
import { needsChromium, report } from './browser.mjs'
import { withEsbuild, withVite, withWebpack } from './bundlers.mjs'

const cell = (name, prepare, policy) => ({
  name: `Chromium, ${name}`,
  needs: needsChromium,
  async run() {
    const folder = await prepare(await makeProject(`Chromium ${name}`, 'chromium/project'))
    const server = await serve({ mounts: [['/', folder]], policy })
    try {
      return await report(server.url)
    } finally {
      await server.close()
    }
  },
})

/** Nothing bundled: the page imports a file of the package by its address. */
const unbundled = (file) => async (cwd) => {
  const path = join(cwd, 'main.mjs')
  const main = await readFile(path, 'utf8')
  await writeFile(path, main.replace("'trimtab'", `'./node_modules/trimtab/${file}'`))
  return cwd
}

const viteDev = {
  name: 'Chromium, Vite dev',
  needs: needsChromium,
  async run() {
    const { createServer } = await import('vite')
    const root = await makeProject('Chromium Vite dev', 'chromium/project')
    const server = await createServer({ root, configFile: false, logLevel: 'silent', server: { host: '127.0.0.1' } })
    try {
      await server.listen()
      return await report(server.resolvedUrls.local[0])
    } finally {
      await server.close()
    }
  },
}

export const chromium = [
  cell('esbuild', withEsbuild),
  cell('webpack', withWebpack),
  cell('Vite build', withVite),
  viteDev,
  cell('no bundler', unbundled('index.js')),
  cell('no bundler, ./url', unbundled('url.js')),
  cell(
    "CSP script-src 'self' 'wasm-unsafe-eval'",
    withEsbuild,
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
  ),
]
