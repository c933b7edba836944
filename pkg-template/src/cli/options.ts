// The options of all commands, and what is made of them.
import { parseArgs } from 'node:util'
import type { Window } from '../metrics'
import { Failure } from './failure'

const definitions = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
  json: { type: 'boolean' },
  file: { type: 'string', short: 'f', multiple: true },
  store: { type: 'string' },
  namespace: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  by: { type: 'string' },
  model: { type: 'string', short: 'm' },
  user: { type: 'string' },
  task: { type: 'string' },
  tag: { type: 'string' },
  tier: { type: 'string' },
  budget: { type: 'string', short: 'b' },
  query: { type: 'string', short: 'q' },
  format: { type: 'string' },
  output: { type: 'string', short: 'o' },
  unit: { type: 'string' },
  period: { type: 'string' },
  check: { type: 'boolean' },
  port: { type: 'string' },
} as const

export type Options = ReturnType<typeof parsed>['values']

/** Takes the command line apart. */
export function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: definitions, allowPositionals: true })
  } catch (error) {
    throw new Failure((error as Error).message)
  }
}

/** A whole number above 0, or `fallback` where none is given. */
export function whole<T>(text: string | undefined, name: string, fallback: T): number | T {
  if (text === undefined) return fallback
  const value = Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new Failure(`${name} must be a whole number above 0, not '${text}'`)
}

const units: Record<string, number> = { m: 60e3, h: 3600e3, d: 24 * 3600e3, w: 7 * 24 * 3600e3 }

/** A moment: `2026-09-23`, `2026-09-23T12:00Z`, or so long ago: `90m`, `24h`, `7d`, `2w`. */
function moment(text: string, name: string, now: number): number {
  const [, amount, unit = ''] = /^(\d+)([mhdw])$/.exec(text) ?? []
  const at = amount === undefined ? Date.parse(text) : now - Number(amount) * (units[unit] ?? Number.NaN)
  if (Number.isFinite(at)) return at
  throw new Failure(`--${name} must be a date such as 2026-09-23 or a time ago such as 24h or 7d, not '${text}'`)
}

/** The stretch of time and the records that a command is about; `hours` where it was given as an argument. */
export function windowOf({ since, until, model, user, task, tag, tier }: Options, hours?: number): Window {
  const now = Date.now()
  const end = until === undefined ? undefined : moment(until, 'until', now)
  const start = since === undefined ? undefined : moment(since, 'since', now)
  if (start !== undefined && start >= (end ?? now)) throw new Failure('--since must be before --until')
  const reach = start === undefined ? hours : Math.ceil(((end ?? now) - start) / 3600e3)
  const where = Object.fromEntries(
    Object.entries({ model, user, task, tag, tier }).filter(([, name]) => name !== undefined),
  )
  return {
    ...(reach !== undefined && { hours: reach }),
    ...(end !== undefined && { until: end }),
    ...(Object.keys(where).length > 0 && { where }),
  }
}
