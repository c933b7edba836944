import type { Dimension } from '../../metrics'
import { keyFigures } from '../../report/words'
import { exit } from '../failure'
import { withMetrics } from '../input'
import { windowOf } from '../options'
import { print, table } from '../terminal'
import type { Command } from './list'

export const run: Command = async (_, options) => {
  const { where, ...time } = windowOf(options)
  const trimtab = await withMetrics(options)
  const about = where ? { where } : {}
  const timed = Object.keys(time).length > 0
  const figures = timed ? trimtab.metrics.report({ ...time, ...about }) : trimtab.metrics.snapshot(about)
  const by = options.by as Dimension | undefined
  const groups = by && trimtab.metrics.series({ hours: 366 * 24, ...time, ...about, by }).groups.map(total)
  if (options.json) print(JSON.stringify({ version: 1, command: 'stats', ...figures, ...(groups && { by, groups }) }))
  else {
    print(table(['', ''], keyFigures(figures)))
    if (groups) print(`\n${table([by ?? '', 'operations', 'before', 'after', 'input', 'output'], groups.map(cells))}`)
  }
  return exit.ok
}

interface Group {
  name: string
  operations: number
  before: number
  after: number
  inputTokens: number
  outputTokens: number
}

type Points = Record<Exclude<keyof Group, 'name'>, number | null>[]

function total({ name, points }: { name: string; points: Points }): Group {
  const sum = (key: Exclude<keyof Group, 'name'>) => points.reduce((all, point) => all + (point[key] ?? 0), 0)
  return {
    name,
    operations: sum('operations'),
    before: sum('before'),
    after: sum('after'),
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
  }
}

const cells = ({ name, ...figures }: Group): string[] => [name, ...Object.values(figures).map(String)]
