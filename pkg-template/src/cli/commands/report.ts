import { writeFile } from 'node:fs/promises'
import { exit, Failure } from '../failure'
import { withMetrics } from '../input'
import { whole, windowOf } from '../options'
import { print } from '../terminal'
import type { Command } from './list'

const formats = ['markdown', 'html', 'json']

export const run: Command = async ([hours], options) => {
  const format = options.format ?? (options.json ? 'json' : 'markdown')
  if (!formats.includes(format)) throw new Failure(`--format must be one of ${formats.join(', ')}, not '${format}'`)
  const window = windowOf(options, whole(hours, 'hours', 24))
  const { metrics } = await withMetrics(options)
  const text =
    format === 'json'
      ? JSON.stringify({ version: 1, command: 'report', ...metrics.report(window) })
      : await metrics.report({ ...window, format: format as 'markdown' | 'html' })
  if (options.output === undefined) print(text)
  else await writeFile(options.output, text)
  return exit.ok
}
