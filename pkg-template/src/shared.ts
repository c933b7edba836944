// Zero configuration: one instance for each encoding, made when first needed and kept.

import { attempt } from './errors'
import { core, counter } from './runtime'
import { createTrimtab, type Trimtab } from './trimtab'
import type { Content, OptimizeOptions, OptimizeResult } from './types'

let shared: Promise<Trimtab> | undefined

/** Optimizes with a shared instance that needs no configuration. */
export async function optimize<C extends Content>(content: C, options?: OptimizeOptions): Promise<OptimizeResult<C>> {
  shared ??= createTrimtab({ ids: false }).catch((error: unknown) => {
    shared = undefined // a failed start must not be final: the next call tries again
    throw error
  })
  return (await shared).optimize(content, options)
}

/** Counts the tokens that `text` has for `model`, exactly, or throws `unknown_model` saying why it can't. */
export async function countTokens(text: string, model = 'gpt-5'): Promise<number> {
  // The core counts too, so where it is, the counter need not be loaded.
  const part = core.isStarted ? core : counter
  await part.start()
  const encoding = attempt(() => part.encodingOf(model))
  const { tokenizer, input } = await part.tokenizer(encoding, { ids: false })
  return tokenizer.count(input.write(text))
}
