// Who reads the exports in the tests: Python libraries in a folder of their own, and Prometheus' own checker.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { attempt, run, which } from '../command.mjs'
import { tools } from '../paths.mjs'
import { aptInstall } from './browsers.mjs'

const folder = join(tools, 'consumers')
const modules = ['opentelemetry.proto.collector.metrics.v1.metrics_service_pb2', 'prometheus_client.parser']
const packages = ['opentelemetry-proto==1.38.0', 'prometheus_client==0.23.1']

/** The Python that has the libraries: that of the folder where there is one. */
export const python = () => {
  const own = join(folder, 'bin/python3')
  return existsSync(own) ? own : 'python3'
}

export const consumers = {
  name: 'the readers of exports',
  why: 'the exports are read with the libraries of OpenTelemetry and Prometheus',
  optional: true,
  async isHere() {
    return (await attempt(python(), ['-c', `import ${modules.join(', ')}`])).code === 0
  },
  ways: [
    {
      title: 'pip install, into a folder of its own',
      async install() {
        await run('python3', ['-m', 'venv', folder])
        await run(python(), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages])
      },
    },
  ],
}

export const promtool = {
  name: 'promtool',
  why: 'the Prometheus export is checked by it',
  optional: true,
  find: () => which('promtool'),
  isHere() {
    return this.find() !== undefined
  },
  ways: [{ title: 'apt-get install prometheus', install: () => aptInstall('prometheus') }],
}
