// Deno, with no permission at all beyond reading its own modules.
import { run } from '../../../scripts/command.mjs'
import { makeProject, program } from '../project.mjs'

export const deno = [
  {
    name: 'Deno',
    async run() {
      const cwd = await makeProject('Deno', 'deno/project')
      const env = { DENO_DIR: `${cwd}/.deno`, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' }
      const output = await run(program('deno'), ['run', '--no-prompt', '--node-modules-dir=manual', 'main.mjs'], {
        cwd,
        env,
      })
      return output.trim()
    },
  },
]
