import type { Allowance } from '../../metrics'
import { dollars, percent } from '../../report/words'
import { exit, Failure } from '../failure'
import { withMetrics } from '../input'
import { windowOf } from '../options'
import { paint, print } from '../terminal'
import type { Command } from './list'

export const run: Command = async (_, options) => {
  const limit = Number(options.budget)
  if (!(limit > 0)) throw new Failure(`--budget must be a number above 0, not '${options.budget ?? ''}'`)
  const { unit = 'dollars', period = 'month' } = options
  const { where } = windowOf(options)
  const { metrics } = await withMetrics(options)
  const standing = metrics.budget({ limit, unit, period, ...(where && { where }) } as Allowance)
  const over = standing.used > 1
  const amount = (value: number) => (unit === 'dollars' ? dollars(value) : String(value))
  if (options.json) print(JSON.stringify({ version: 1, command: 'budget', unit, period, over, ...standing }))
  else {
    const pace = standing.projected === null ? '' : `; ${amount(standing.projected)} at this pace`
    const unpriced = standing.unpricedCalls > 0 ? `; ${standing.unpricedCalls} calls have no price` : ''
    const line = `${amount(standing.spent)} of ${amount(limit)} a ${period} (${percent(standing.used)})${pace}${unpriced}`
    print(paint(over ? 'red' : standing.used > 0.9 ? 'yellow' : 'green', line))
  }
  return options.check && over ? exit.over : exit.ok
}
