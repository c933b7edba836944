import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '#serve'
import { exit } from '../failure'
import { withMetrics } from '../input'
import { whole } from '../options'
import { print } from '../terminal'
import type { Command } from './list'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Serves the dashboard, with the metrics that were named at `/data/metrics.json`, until it is interrupted. */
export const run: Command = async (_, options) => {
  const data = await mkdtemp(join(tmpdir(), 'trimtab-'))
  const named = options.file !== undefined || options.store !== undefined
  if (named) {
    const { metrics } = await withMetrics(options)
    await writeFile(join(data, 'metrics.json'), metrics.export('json'))
  }
  const mounts: [string, string][] = [
    ['/data/', data],
    ['/pkg/', here],
    ['/', join(here, 'www')],
  ]
  const { url, close } = await serve({ mounts, port: whole(options.port, '--port', 4173) })
  const page = `${url}dashboard.html${named ? '?file=data/metrics.json' : ''}`
  print(
    options.json
      ? JSON.stringify({ version: 1, command: 'serve', url: page })
      : `The dashboard is at ${page} (Ctrl+C ends it)`,
  )
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  await close()
  await rm(data, { recursive: true, force: true })
  return exit.ok
}
