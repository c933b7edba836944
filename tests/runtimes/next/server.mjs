// A built Next.js project, served.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { environment } from '../../../scripts/command.mjs'
import { program } from '../project.mjs'

/** Starts the server of a built project and resolves to `{ url, close }`. */
export async function start(cwd) {
  const child = spawn(program('next'), ['start', '-H', '127.0.0.1', '-p', '0'], {
    cwd,
    env: environment({ NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const close = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    process.kill(-child.pid, 'SIGTERM')
    await gone
  }
  return { url: await address(child), close }
}

function address(child) {
  let said = ''
  return new Promise((resolve, reject) => {
    const listen = (chunk) => {
      said += chunk
      // Next names the address before it can answer, and says when it can.
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
      if (found && said.includes('Ready')) resolve(found[0])
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`next start ended with ${code}:\n${said}`)))
  })
}
