// Checks the options of one request, and gives them the shape that the core takes.

import { type Part, partsOf } from './content'
import { TrimtabError } from './errors'
import type { OptimizeOptions, Tier } from './types'

/** What the core takes beside the parts. */
export interface Request {
  query?: string
  budget?: number
  tier: Tier | 'auto'
  /** Literal texts: where one stands, nothing is dropped. */
  keep: string[]
  context: string[]
  user?: string
  task?: string
  tags: string[]
  dense: boolean
  form?: string
}

const tiers = ['auto', 'essential', 'standard', 'comprehensive', 'complete']

/** Checks `options`, and searches `parts` for what its expressions keep. */
export function requestOf(options: OptimizeOptions, parts: Part[]): Request {
  const {
    query,
    budget,
    tier = 'auto',
    keep = [],
    context = [],
    user,
    task,
    tags = [],
    dense = false,
    form,
    signal,
  } = options
  if (signal?.aborted) throw new TrimtabError('aborted', 'the signal was aborted', { cause: signal.reason })
  if (!tiers.includes(tier)) throw invalid(`tier must be one of ${tiers.join(', ')}, not ${String(tier)}`)
  if (budget !== undefined && !(Number.isSafeInteger(budget) && budget >= 0)) {
    throw invalid(`budget must be a whole number of tokens, not ${String(budget)}`)
  }
  if (form !== undefined && form !== 'toon') throw invalid(`form must be 'toon' or left out, not ${String(form)}`)
  return {
    ...named({ form, query: text(query, 'query'), budget, user: text(user, 'user'), task: text(task, 'task') }),
    tier,
    keep: keep.flatMap((pattern) => literals(pattern, parts)),
    context: partsOf(context).parts.map((part) => part.text),
    tags,
    dense: Boolean(dense),
  }
}

/** Leaves out what is not given: an option that is `undefined` is one that was not passed. */
function named<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never
}

function text(value: unknown, name: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  throw invalid(`${name} must be a string, not ${typeof value}`)
}

function literals(pattern: string | RegExp, parts: Part[]): string[] {
  if (typeof pattern === 'string') return pattern === '' ? [] : [pattern]
  if (Object.prototype.toString.call(pattern) !== '[object RegExp]') {
    throw invalid('keep takes strings and regular expressions')
  }
  const flags = pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`
  const all = new RegExp(pattern.source, flags)
  const found = parts.flatMap((part) => [...part.text.matchAll(all)].map(([match]) => match))
  return [...new Set(found)].filter((match) => match !== '')
}

const invalid = (message: string): TrimtabError => new TrimtabError('invalid_input', message)
