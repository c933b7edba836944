// Next.js with both of its bundlers: a route in Node, a route at the edge, and a page in Chromium.
import { run } from '../../../scripts/command.mjs'
import { needsChromium, report } from '../chromium/browser.mjs'
import { makeProject, program } from '../project.mjs'
import { start } from './server.mjs'

async function answer(url) {
  const response = await fetch(url)
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status}: ${text.slice(0, 500)}`)
  return text
}

const routes = [
  { route: 'node route', ask: (url) => answer(`${url}/node`) },
  { route: 'edge route', ask: (url) => answer(`${url}/edge`) },
  { route: 'page in Chromium', ask: report, needs: needsChromium },
]

function cells(bundler) {
  let server
  const build = async () => {
    // Without `"type": "module"`, as Next's own template is: with it, webpack builds no edge route, whatever is in it.
    const cwd = await makeProject(`Next ${bundler}`, 'next/project', {})
    await run(program('next'), ['build', `--${bundler}`], {
      cwd,
      env: { NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', CI: 'true' },
    })
    return start(cwd)
  }
  return routes.map(({ route, ask, needs }) => ({
    name: `Next.js, ${bundler}, ${route}`,
    needs,
    // Built once, by the first of the three that runs.
    run: async () => ask((await (server ??= build())).url),
    close: async () => (await server?.catch(() => undefined))?.close(),
  }))
}

export const next = [...cells('webpack'), ...cells('turbopack')]
