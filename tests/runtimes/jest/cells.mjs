// jest, in its Node environment and in jsdom, which lacks TextDecoder and has classes of another realm.
import { run } from '../../../scripts/command.mjs'
import { makeProject, program } from '../project.mjs'

const cell = (environment) => ({
  name: `jest, ${environment}`,
  async run() {
    const cwd = await makeProject(`jest ${environment}`, 'jest/project', { jest: { testMatch: ['**/*.test.cjs'] } })
    return run(program('jest'), ['--ci', '--env', environment], { cwd, env: { NO_COLOR: '1' } })
  },
})

export const jest = [cell('node'), cell('jsdom')]
