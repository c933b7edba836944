// A static server for loopback: for `npm start`, for `npx trimtab serve`, and for tests that need a page.
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

const types = {
  '.cjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** All that the package asks of a page that allows nothing by default. */
export const strictPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * Serves folders on 127.0.0.1 and resolves to `{ url, close }`. `mounts` are `[prefix, folder]` pairs, the first that
 * fits wins; a `port` that is taken gives way to a free one, and so does 0. `pack` compresses bodies as gzip does, which on
 * loopback takes longer than it saves.
 */
export async function serve({ mounts, port = 0, policy = strictPolicy, pack }) {
  const server = createServer((request, response) => answer(request, response, { mounts, policy, pack }))
  await listen(server, port).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error
    return listen(server, 0)
  })
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })

async function answer(request, response, { mounts, policy, pack }) {
  const send = (status, type, body, more) => {
    response.writeHead(status, {
      'Content-Type': type,
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
      ...more,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, types['.txt'], 'method not allowed')
  const path = locate(request.url, mounts)
  const tag = path && (await tagOf(path))
  const type = types[extname(path ?? '')] ?? 'application/octet-stream'
  if (tag && request.headers['if-none-match'] === tag) return send(304, type, undefined, { ETag: tag })
  const body = path && (await readFile(path).catch(() => undefined))
  if (!body) return send(404, types['.txt'], 'not found')
  if (!pack) return send(200, type, body, { ETag: tag })
  send(200, type, pack(body), { ETag: tag, 'Content-Encoding': 'gzip' })
}

/** What tells one content of a file from another: a browser that has this one is not sent it again. */
async function tagOf(path) {
  const found = await stat(path).catch(() => undefined)
  return found && `"${found.size.toString(36)}-${Math.round(found.mtimeMs * 1000).toString(36)}"`
}

/** Finds the file behind a URL; nothing outside the mounted folders is ever reached. */
function locate(url, mounts) {
  let pathname
  try {
    pathname = decodeURIComponent(new URL(url, 'http://localhost').pathname)
  } catch {
    return
  }
  const mount = mounts.find(([prefix]) => pathname.startsWith(prefix))
  if (!mount || pathname.includes('\0')) return
  const [prefix, folder] = mount
  const file = pathname.endsWith('/') ? `${pathname}index.html` : pathname
  const path = normalize(join(folder, file.slice(prefix.length)))
  return path.startsWith(normalize(folder + sep)) ? path : undefined
}
