// Turns a tokenizer's file into a pack that the core reads: `trimtab/tokenizer`, loaded only where a caller brings one.

import { TrimtabError } from '../errors'
import { fromHuggingFace } from './hugging-face'
import { packOf } from './pack'
import type { PatternName } from './patterns'
import { invalid } from './refusal'
import { fromTekken, fromTiktoken, isTekken, type TiktokenOptions } from './tiktoken'

export type { PatternName, TiktokenOptions }

/**
 * Makes a pack from a tokenizer's file: a `tokenizer.json` of byte-level BPE kind, a `tekken.json`, or a `.tiktoken` file with
 * `pattern`; as text, as bytes, or parsed.
 *
 * The pack is what `createTrimtab({ tokenizer })` takes, and can be made at build time: it is a tenth of the file.
 *
 * Throws `unsupported_tokenizer` for what can't be done exactly and `invalid_tokenizer` for what is damaged, naming the field.
 */
export function tokenizerPack(file: string | Uint8Array | object, options: TiktokenOptions = {}): Uint8Array {
  const read = isBytes(file) ? decoded(file) : file
  if (typeof read === 'string' && !read.trimStart().startsWith('{')) return packOf(fromTiktoken(read, options))
  const json = typeof read === 'string' ? parsed(read) : read
  if (typeof json !== 'object' || json === null) {
    throw new TrimtabError(
      'invalid_input',
      `a tokenizer is a file's text, its bytes or what JSON.parse made of it, not ${typeof file}`,
    )
  }
  return packOf(isTekken(json) ? fromTekken(json) : fromHuggingFace(json))
}

const isBytes = (file: string | Uint8Array | object): file is Uint8Array => ArrayBuffer.isView(file)

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw invalid('the file', 'is no UTF-8', cause)
  }
}

function parsed(text: string): object {
  try {
    return JSON.parse(text) as object
  } catch (cause) {
    throw invalid('the file', 'is no JSON: it is corrupt or cut short', cause)
  }
}
