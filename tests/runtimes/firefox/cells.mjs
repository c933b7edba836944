// Firefox, through one bundler: what bundlers do has been tried in Chromium, here it is the engine that counts.
import { join } from 'node:path'
import { run } from '../../../scripts/command.mjs'
import { serve } from '../../../scripts/serve.mjs'
import { firefox as browser } from '../../../scripts/setup/browsers.mjs'
import { withEsbuild } from '../chromium/bundlers.mjs'
import { here, makeProject, newestNode } from '../project.mjs'

const node = await newestNode()

function missing() {
  if (!browser.find()) return 'no Firefox on PATH, and FIREFOX names none'
  if (!node) return 'its driver needs a newer Node than 20, and npm has none for this platform'
}

export const firefox = [
  {
    name: 'Firefox, esbuild',
    needs: missing,
    async run() {
      const server = await serve({
        mounts: [['/', await withEsbuild(await makeProject('Firefox', 'firefox/project'))]],
      })
      try {
        const program = join(here, 'firefox/report.mjs')
        return (await run(node, [program, browser.find(), server.url], { timeout: 90_000 })).trim()
      } finally {
        await server.close()
      }
    },
  },
]
