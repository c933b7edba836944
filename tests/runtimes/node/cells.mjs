// Node, the one at hand and the newest, as ES modules and as CommonJS, and ./slim with what the caller passes.
import { run } from '../../../scripts/command.mjs'
import { makeProject, newestNode } from '../project.mjs'

const newest = await newestNode()
const newestVersion = newest && (await run(newest, ['--version'])).trim()
const nodes = [
  { title: `Node ${process.versions.node}`, path: process.execPath },
  { title: newest ? `Node ${newestVersion.slice(1)}` : 'Node, the newest', path: newest },
]

const cell = ({ title, path }, format, file) => ({
  name: `${title}, ${format}`,
  needs: () => (path ? undefined : 'npm has no newest Node for this platform'),
  run: async () => (await run(path, [file], { cwd: await makeProject(`${title} ${format}`, 'node/project') })).trim(),
})

export const node = nodes.flatMap((one) => [
  cell(one, 'ESM', 'main.mjs'),
  cell(one, 'CommonJS', 'main.cjs'),
  cell(one, './slim', 'slim.mjs'),
])
