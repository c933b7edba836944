// Bun, as npm brings it.
import { run } from '../../../scripts/command.mjs'
import { makeProject, platformProgram } from '../project.mjs'

const program = await platformProgram('@oven', /^bun-/, 'bin/bun')

export const bun = [
  {
    name: 'Bun',
    needs: () => (program ? undefined : 'npm has no Bun for this platform'),
    run: async () => (await run(program, ['run', 'main.mjs'], { cwd: await makeProject('Bun', 'bun/project') })).trim(),
  },
]
