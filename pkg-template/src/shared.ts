// Zero configuration: one instance for each encoding, made when first needed and kept.

import { countRequest } from './chat/messages'
import type { Counting } from './counting'
import { attempt, TrimtabError } from './errors'
import { core, counter, type Part } from './runtime'
import type { TextCounter } from './text-counter'
import { createTrimtab, type Trimtab } from './trimtab'
import type {
  ChatRequest,
  Content,
  Message,
  MessageCount,
  MessageOptions,
  OptimizeOptions,
  OptimizeResult,
  SpecialOptions,
} from './types'

const standard = 'gpt-5'
const standardEncoding = 'o200k_base'

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
export async function countTokens(text: string, model = standard, options?: SpecialOptions): Promise<number> {
  const part = await started(named(model))
  return (await countingOf(part, encodingOf(part, model))).count(text, options)
}

/**
 * Counts the tokens of a chat request to `request.model`, or to `gpt-5` where it names none. The result says whether the
 * count is exact, and else why not.
 */
export async function countMessages(
  request: ChatRequest | readonly Message[],
  options?: MessageOptions & { model?: string },
): Promise<MessageCount> {
  const model = named((request as ChatRequest)?.model ?? options?.model ?? standard)
  const part = await started()
  // What a model of another provider is sent can only be estimated.
  const elsewhere = part.countsElsewhere(model)
  const counting = await countingOf(part, elsewhere ? 'o200k_base' : encodingOf(part, model))
  return countRequest(request, model, (text) => counting.count(text), options)
}

/** Makes a counter of a text that grows, for `model`. */
export async function createCounter(model = standard): Promise<TextCounter> {
  const part = await started()
  return part.counter(await countingOf(part, encodingOf(part, named(model))))
}

/** The core counts too, so where it is, the counter need not be loaded. */
async function started(model?: string): Promise<Part> {
  const part = core.isStarted ? core : counter
  // The vocabulary of the standard model comes along with the module; whoever asks for it is told what went wrong.
  if (model === standard) countingOf(part, standardEncoding).catch(() => undefined)
  await part.start()
  return part
}

/** What is no string would be read as one by the core. */
function named(model: unknown): string {
  if (typeof model === 'string') return model
  throw new TrimtabError('invalid_input', 'model must be a string: the name of a model or of an encoding')
}

const encodingOf = (part: Part, model: string): string => attempt(() => part.encodingOf(model))

const countingOf = (part: Part, encoding: string): Promise<Counting> => part.tokenizer(encoding, { ids: false })
