// The dashboard, served as it is published, and records in its store.
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { publishedMounts } from '../../scripts/pages.mjs'
import { www } from '../../scripts/paths.mjs'
import { serve } from '../../scripts/serve.mjs'
import { chrome } from '../../scripts/setup/browsers.mjs'

/** Serves the pages: `{ url, close }`, where `url` is the dashboard's; `packed` as servers on the web do. */
export async function pages({ packed = false } = {}) {
  const mounts = [['/source/', www], ...publishedMounts()]
  const server = await serve({ mounts, ...(packed && { pack: packOnce() }) })
  return { url: new URL('dashboard.html', server.url).href, close: () => server.close() }
}

/** Compresses each body once. */
function packOnce() {
  const packed = new Map()
  return (body) => {
    const key = createHash('sha1').update(body).digest('hex')
    if (!packed.has(key)) packed.set(key, gzipSync(body))
    return packed.get(key)
  }
}

/** Whether there is a Chromium. */
export const canLaunch = () => chrome.find() !== undefined

/** Starts Chromium with a profile on disk, as a reader's has, which keeps what it compiled: `{ context, close }`. */
export async function launchWithProfile(options) {
  const executablePath = chrome.find()
  const folder = await mkdtemp(join(tmpdir(), 'trimtab-profile-'))
  const context = await chromium.launchPersistentContext(folder, { executablePath, chromiumSandbox: false, ...options })
  return {
    context,
    async close() {
      await context.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Starts Chromium, and says what the part is that can't be measured where there is none. */
export function launch() {
  const executablePath = chrome.find()
  if (!executablePath) return undefined
  // Without its sandbox, which a root user and most containers don't have; the pages are ours.
  return chromium.launch({ executablePath, chromiumSandbox: false })
}

/**
 * Puts `count` records of thirty days, or a few more, into the store that the dashboard reads, as an application does that
 * records each when it happens; it runs in the page, and gives how many they are.
 */
export async function fill(count) {
  const { createTrimtab } = await import('/pkg/url.js')
  const { requests } = await import('/source/dashboard/demo.js')
  let moment = 0
  const trimtab = await createTrimtab({ namespace: 'playground', ids: false, now: () => moment })
  let added = 0
  for (const record of requests(Date.now(), { count })) {
    moment = record.at
    trimtab.record(record)
    added++
    if (added % 1000 === 0) await trimtab.flush()
  }
  await trimtab.flush()
  trimtab.dispose()
  return added
}
