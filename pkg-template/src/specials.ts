// Which names of special tokens in a text are tokens and which are refused, as tiktoken has it.

import { TrimtabError } from './errors'
import type { SpecialOptions } from './types'

/** Lists of names in the shape that a module reads. */
export interface Specials {
  allowed: string
  disallowed: string
}

/**
 * What `options` say, or `undefined` where they say nothing: then all names are text, as they are for whoever writes a
 * prompt. Where they say one thing, the other is tiktoken's default: none allowed, all others refused.
 */
export function specialsOf(options: SpecialOptions | undefined): Specials | undefined {
  const { allowedSpecial: allowed, disallowedSpecial: disallowed } = options ?? {}
  if (allowed === undefined && disallowed === undefined) return undefined
  return {
    allowed: allowed === undefined ? '' : listOf(allowed, 'allowedSpecial'),
    disallowed: disallowed === undefined ? 'all' : listOf(disallowed, 'disallowedSpecial'),
  }
}

function listOf(names: unknown, option: string): string {
  if (names === 'all') return names
  const list = isIterable(names) ? [...names] : undefined
  if (!list?.every((name) => typeof name === 'string' && !name.includes('\0'))) {
    throw new TrimtabError('invalid_input', `${option} must be 'all', or an array or a set of names`)
  }
  return list.map((name) => `\0${name}`).join('')
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value
