// Runs one job with one peer in a process of its own, which can be ended when it takes too long.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { root } from '../scripts/paths.mjs'

/**
 * Runs bench/jobs/`job`.mjs with `args` and resolves to what it prints, as JSON, or to `{ failure }`: `{ failure:
 * undefined, late: true }` where it was killed after `limit` milliseconds.
 */
export function inChild(job, args, { limit = 120_000, flags = [] } = {}) {
  const program = fileURLToPath(new URL(`jobs/${job}.mjs`, import.meta.url))
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...flags, program, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let errors = ''
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, limit)
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
