// A real Redis server, through unstorage.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { which } from '../../scripts/command.mjs'
import { createTrimtab } from '../js/package.mjs'
import { keepsItsPromises } from './suite.mjs'

const program = which('redis-server')
const libraries = await Promise.all([import('unstorage'), import('unstorage/drivers/redis')]).catch(() => undefined)
const skip = !program ? 'there is no redis-server' : !libraries && 'npm install in tests/stores brings unstorage'

test('Redis keeps its promises', { skip }, async () => {
  const [{ createStorage }, { default: driver }] = libraries
  const port = await freePort()
  const server = spawn(program, ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'])
  try {
    await ready(server)
    const storage = createStorage({ driver: driver({ host: '127.0.0.1', port }) })
    await keepsItsPromises(createTrimtab, storage)
    await storage.dispose()
  } finally {
    server.kill()
    await once(server, 'exit')
  }
})

async function ready(server) {
  for await (const line of server.stdout) if (/Ready to accept connections/.test(line)) return
  throw new Error('redis-server ended before it was ready')
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
