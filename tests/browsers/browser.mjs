// Starts a browser at an address, without a driver: the page tells the server what it has to tell.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pkg } from '../../scripts/paths.mjs'
import { chrome, firefox } from '../../scripts/setup/browsers.mjs'

export const browsers = [
  {
    name: 'Chromium',
    program: chrome.find(),
    // Without its sandbox, which a root user and most containers don't have; the pages are ours.
    args: (profile) => [
      '--headless=new',
      '--no-sandbox',
      '--no-first-run',
      '--disable-gpu',
      `--user-data-dir=${profile}`,
    ],
  },
  { name: 'Firefox', program: firefox.find(), args: (profile) => ['--headless', '--no-remote', '--profile', profile] },
]

/** Opens `url`, and gives a function that kills the browser with all it has started. */
export function start({ program, args }, profile, url) {
  // A group of its own, so that the processes of its pages end with it.
  const browser = spawn(program, [...args(profile), url], { stdio: 'ignore', detached: true })
  const ended = once(browser, 'exit')
  return async () => {
    try {
      process.kill(-browser.pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
    await ended
  }
}

const here = fileURLToPath(new URL('.', import.meta.url))
const types = { html: 'text/html; charset=utf-8', js: 'text/javascript', mjs: 'text/javascript' }

/** Serves the pages and the package; whatever a page posts goes to `heard`. */
export async function pages(heard) {
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      const parts = []
      for await (const part of request) parts.push(part)
      response.end()
      return heard(JSON.parse(Buffer.concat(parts).toString()))
    }
    const { pathname } = new URL(request.url, 'http://localhost')
    const path = pathname.startsWith('/pkg/') ? join(pkg, pathname.slice(5)) : join(here, pathname)
    const body = await readFile(pathname === '/' ? join(here, 'index.html') : path).catch(() => undefined)
    const type = types[pathname === '/' ? 'html' : pathname.split('.').at(-1)] ?? 'application/octet-stream'
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': type }).end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
