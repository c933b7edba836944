// vitest, in its Node environment.
import { join } from 'node:path'
import { run } from '../../../scripts/command.mjs'
import { here, makeProject, newestNode } from '../project.mjs'

const node = await newestNode()

export const vitest = [
  {
    name: 'vitest',
    needs: () => (node ? undefined : 'it needs a newer Node than 20, and npm has none for this platform'),
    async run() {
      const cwd = await makeProject('vitest', 'vitest/project')
      const program = join(here, 'node_modules/vitest/vitest.mjs')
      return run(node, [program, 'run'], { cwd, env: { NO_COLOR: '1' } })
    },
  },
]
