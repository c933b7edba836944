// Runs one job with one peer in a process of its own, which can be ended when it takes too long.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { root } from '../scripts/paths.mjs'

/**
 * Runs bench/jobs/`job`.mjs with `args` and resolves to what it prints, as JSON; to `{ failure }`, a sentence, where it
 * fails; or to `{ late: true }` where it was killed after `limit` milliseconds, which count anew from its message that
 * it is ready.
 */
export function inChild(job, args, { limit = 120_000 } = {}) {
  const program = fileURLToPath(new URL(`jobs/${job}.mjs`, import.meta.url))
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    let output = ''
    let errors = ''
    let late = false
    const end = () => {
      late = true
      child.kill('SIGKILL')
    }
    let timer = setTimeout(end, Math.max(limit, 60_000))
    child.on('message', () => {
      clearTimeout(timer)
      timer = setTimeout(end, limit)
    })
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (errors += chunk))
    child.on('close', (code) => {
      clearTimeout(timer)
      if (late) resolve({ late })
      else if (code === 0) resolve(JSON.parse(output))
      else resolve({ failure: errors.match(/^\w*Error.*$/m)?.[0] ?? `it ended with ${code}` })
    })
  })
}
