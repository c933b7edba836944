import { cells, heads, type Row } from '../../report/words'
import { exit } from '../failure'
import { withMetrics } from '../input'
import { whole, windowOf } from '../options'
import { print, table } from '../terminal'
import type { Command } from './list'

export const run: Command = async ([hours], options) => {
  const window = windowOf(options, whole(hours, 'hours', 24))
  const { metrics } = await withMetrics(options)
  const found = metrics.effectiveness(window)
  if (options.json) print(JSON.stringify({ version: 1, command: 'effectiveness', ...found }))
  else print([section('form', found.byForm), section('tier', found.byTier), section('kind', found.byKind)].join('\n\n'))
  return exit.ok
}

const section = (title: string, rows: Row[]): string =>
  table(
    [title, ...heads.slice(1, 5)],
    rows.map((row) => [row.name, ...cells(row).slice(0, 4)]),
  )
