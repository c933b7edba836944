// How many tokens a text is likely to have, without a vocabulary and without WebAssembly.

import { TrimtabError } from '../errors'
import { basisOf } from './families'
import { increasing, signedTable } from './tables'
import { type Model, sumsOf, tokensOf } from './text'
import { byCharacter, byPlace, correction, sieve } from './weights'

/** An estimate, which says that it is one. */
export interface Estimate {
  /** How many tokens the text is likely to have: a whole number. */
  tokens: number
  exact: false
  /** What the estimate goes by. */
  reason: string
}

let model: Model | undefined

/** The tables, which are read when they are first needed. */
function read(): Model {
  const tables = [byCharacter, byPlace].map(({ text, middle, scale }) => signedTable(text, middle, scale))
  const weights = Float32Array.from(tables.flatMap((table) => [...table]))
  return { weights, sieve: increasing(sieve.text), sieveRange: sieve.range }
}

/**
 * Estimates how many tokens `text` has for `model`, at once and from a few kilobytes: no vocabulary is loaded. It is for
 * models whose tokenizer is not public, and for where an estimate will do.
 *
 * Throws `unknown_model` for a name of no known family, and `invalid_input` for what is no string.
 */
export function estimate(text: string, of = 'gpt-5'): Estimate {
  if (typeof text !== 'string') throw new TrimtabError('invalid_input', `text must be a string, not ${typeof text}`)
  if (typeof of !== 'string') throw new TrimtabError('invalid_input', `model must be a string, not ${typeof of}`)
  const { factors, factor = 1, reason } = basisOf(of)
  model ??= read()
  const parts = tokensOf(sumsOf(text, model), correction)
  const tokens = parts.reduce((sum, part, group) => sum + part * factor * (factors?.[group] ?? 1), 0)
  return { tokens: text === '' ? 0 : Math.max(1, Math.round(tokens)), exact: false, reason }
}
