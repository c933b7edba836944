// Runs programs: with the repository's own tools first on PATH, and never with a shell in between.
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root, tools } from './paths.mjs'

const searchPath = [join(root, 'node_modules/.bin'), join(tools, 'bin'), process.env.PATH].join(delimiter)

export const environment = (extra = {}) => ({ ...process.env, PATH: searchPath, ...extra })

/**
 * Runs `command` and resolves to `{ code, output }`, whatever the exit code; `output` is stdout and stderr together.
 * `echo` shows the output as it comes; a program that outlives `timeout` (ms) is killed and gets code 124.
 */
export function attempt(command, args = [], { cwd = root, env = {}, echo = false, timeout } = {}) {
  return new Promise((resolve) => {
    // A group of its own, so that a timeout ends the browsers and servers that the program started too.
    const child = spawn(command, args, {
      cwd,
      env: environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const chunks = []
    let code
    const timer = timeout && setTimeout(() => end(child, () => (code = 124)), timeout)
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        chunks.push(chunk)
        if (echo) process.stdout.write(chunk)
      })
    }
    const finish = (exit, note = '') => {
      clearTimeout(timer)
      resolve({ code: code ?? exit ?? 1, output: Buffer.concat(chunks).toString() + note })
    }
    child.on('error', (error) => finish(127, String(error)))
    child.on('close', (exit) => finish(exit))
  })
}

/** Runs `command` and resolves to its output; a failure throws with the output in the message. */
export async function run(command, args = [], options = {}) {
  const { code, output } = await attempt(command, args, options)
  if (code !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${code}${options.echo ? '' : `:\n${output}`}`)
  return output
}

/** Finds a program on the search path, or gives `undefined`. */
export function which(name) {
  for (const folder of searchPath.split(delimiter)) {
    const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {}
  }
}

function end(child, before) {
  before()
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}
