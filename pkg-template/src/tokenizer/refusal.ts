// Why a tokenizer file can't be used, naming the field.

import { TrimtabError } from '../errors'

/** It is well-formed, but says something that this package does not do exactly. */
export const unsupported = (field: string, why: string) =>
  new TrimtabError('unsupported_tokenizer', `the tokenizer can't be used: ${field} ${why}`)

/** It is damaged, or contradicts itself. */
export const invalid = (field: string, why: string, cause?: unknown) =>
  new TrimtabError('invalid_tokenizer', `the tokenizer is damaged: ${field} ${why}`, { cause })

/** A value of the file as it may stand in a message. */
export const shown = (value: unknown) => {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
