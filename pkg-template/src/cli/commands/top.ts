import { dollars } from '../../report/words'
import { exit } from '../failure'
import { withMetrics } from '../input'
import { whole, windowOf } from '../options'
import { print, table } from '../terminal'
import type { Command } from './list'

interface Consumer {
  name: string
  tokens: number
  error: number
  operations: number
  saved: number
  cost: number | null
}

export const run: Command = async ([n], options) => {
  const limit = whole(n, 'n', 10)
  const window = windowOf(options)
  const { metrics } = await withMetrics(options)
  const by = options.by as 'tokens' | undefined
  const top = metrics.top(limit, { ...window, ...(by && { by }) }) as Record<string, Consumer[]>
  if (options.json) print(JSON.stringify({ version: 1, command: 'top', ...top }))
  else
    print(
      Object.entries(top)
        .flatMap(([title, list]) => (list.length > 0 ? [section(title, list)] : []))
        .join('\n\n'),
    )
  return exit.ok
}

const section = (title: string, list: Consumer[]): string =>
  table([title, 'tokens', 'saved', 'operations', 'spent'], list.map(cells))

const cells = ({ name, tokens, error, saved, operations, cost }: Consumer): string[] => [
  name,
  error > 0 ? `≤ ${tokens}` : String(tokens),
  String(saved),
  String(operations),
  dollars(cost),
]
