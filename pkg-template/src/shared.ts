// Zero configuration: one instance for each encoding, made when first needed and kept.

import { encoding_name } from '#glue'
import { attempt } from './errors'
import { startCore } from './runtime'
import { createTrimtab, type Trimtab } from './trimtab'
import type { Content, OptimizeOptions, OptimizeResult } from './types'

const instances = new Map<string, Promise<Trimtab>>()

async function shared(model: string): Promise<Trimtab> {
  await startCore()
  const encoding = attempt(() => encoding_name(model))
  const known = instances.get(encoding)
  if (known) return known
  const made = createTrimtab({ encoding })
  instances.set(encoding, made)
  // A failed start must not be final: the next call tries again.
  made.catch(() => instances.delete(encoding))
  return made
}

/** Optimizes with a shared instance that needs no configuration. */
export async function optimize<C extends Content>(content: C, options?: OptimizeOptions): Promise<OptimizeResult<C>> {
  return (await shared('gpt-5')).optimize(content, options)
}

/** Counts the tokens that `text` has for `model`, exactly, or throws `unknown_model` saying why it can't. */
export async function countTokens(text: string, model = 'gpt-5'): Promise<number> {
  return (await shared(model)).count(text)
}
