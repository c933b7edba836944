// Reads vocabularies that merge by rank, with no list of merges: OpenAI's `.tiktoken` files and Mistral's `tekken.json`.

import { fromBase64 } from '../base64'
import { utf8 } from './bytes'
import type { AddedToken, Tokenizer } from './pack'
import { type PatternName, patterns } from './patterns'
import { invalid, shown } from './refusal'
import type { Merges } from './vocabulary'

/** What a `.tiktoken` file leaves open. */
export interface TiktokenOptions {
  /** How texts are split: the name of an encoding that splits likewise, or a regular expression. */
  pattern?: PatternName | (string & {})
  /** The special tokens and their ids. */
  specialTokens?: Record<string, number>
}

/** A token's bytes, a character each, and its rank. */
type Ranked = [bytes: string, rank: number]

const binary = (base64: string, field: string): string => {
  try {
    let bytes = ''
    for (const byte of fromBase64(base64)) bytes += String.fromCharCode(byte)
    return bytes
  } catch (cause) {
    throw invalid(field, `is ${shown(base64)}, which is no base64`, cause)
  }
}

export function fromTiktoken(text: string, { pattern, specialTokens = {} }: TiktokenOptions): Tokenizer {
  if (pattern === undefined) {
    throw invalid(
      'pattern',
      `is missing: a .tiktoken file has none. Known names are ${Object.keys(patterns).join(', ')}`,
    )
  }
  const tokens: Ranked[] = []
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const found = /^([A-Za-z0-9+/=]+) (\d+)\s*$/.exec(line)
    if (!found) throw invalid(`line ${i + 1}`, `is ${shown(line)}, and not a token and a rank`)
    tokens.push([binary(found[1] as string, `line ${i + 1}`), Number(found[2])])
  }
  const expression = Object.hasOwn(patterns, pattern) ? patterns[pattern as PatternName] : pattern
  return byRank(tokens, expression, 0, special(specialTokens))
}

const special = (tokens: Record<string, number>): AddedToken[] =>
  Object.entries(tokens).map(([content, id]) => {
    if (!Number.isInteger(id) || id < 0)
      throw invalid(`specialTokens[${shown(content)}]`, `is ${shown(id)}, which is no id`)
    return {
      id,
      bytes: utf8(content),
      normalized: false,
      special: true,
      lstrip: false,
      rstrip: false,
      singleWord: false,
    }
  })

/** The parts of a `tekken.json` that are read. */
interface Tekken {
  config: { pattern?: unknown; default_vocab_size?: unknown; default_num_special_tokens?: unknown }
  vocab: { rank?: unknown; token_bytes?: unknown }[]
  special_tokens?: { rank?: unknown; token_str?: unknown }[] | null
}

export const isTekken = (json: object): json is Tekken => 'config' in json && Array.isArray((json as Tekken).vocab)

/** Ids are ranks after those of the special tokens, and no more of the vocabulary is used than its size says. */
export function fromTekken({ config, vocab, special_tokens: listed }: Tekken): Tokenizer {
  const { pattern, default_vocab_size: size, default_num_special_tokens: specials } = config ?? {}
  if (typeof pattern !== 'string') throw invalid('config.pattern', 'is no text')
  if (typeof size !== 'number' || typeof specials !== 'number' || !(specials <= size)) {
    throw invalid('config.default_vocab_size', 'and default_num_special_tokens are no numbers of tokens')
  }
  const tokens = vocab.slice(0, size - specials).map(({ rank, token_bytes: bytes }, i): Ranked => {
    if (typeof bytes !== 'string' || typeof rank !== 'number')
      throw invalid(`vocab[${i}]`, 'has no token_bytes or no rank')
    return [binary(bytes, `vocab[${i}].token_bytes`), rank]
  })
  const names = (listed ?? []).map(({ rank, token_str: name }, i) => {
    if (typeof name !== 'string' || typeof rank !== 'number')
      throw invalid(`special_tokens[${i}]`, 'has no token_str or no rank')
    return [name, rank] as const
  })
  return byRank(tokens, pattern, specials, special(Object.fromEntries(names)))
}

function byRank(tokens: Ranked[], expression: string, shift: number, added: AddedToken[]): Tokenizer {
  tokens.sort((a, b) => a[1] - b[1])
  const numbers = new Map<string, number>()
  const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte))
  bytes.forEach((byte, number) => void numbers.set(byte, number))
  const ids = new Array<number>(256).fill(-1)
  for (const [i, [token, rank]] of tokens.entries()) {
    if (!Number.isInteger(rank) || rank < 0) throw invalid('the rank', `${shown(rank)} is none`)
    if (tokens[i - 1]?.[1] === rank) throw invalid('the rank', `${rank} is given twice`)
    const known = numbers.get(token)
    if (token === '' || (known !== undefined && ids[known] !== -1))
      throw invalid('the token', `with the rank ${rank} is empty or there twice`)
    if (known !== undefined) ids[known] = rank + shift
    else {
      numbers.set(token, ids.push(rank + shift) - 1)
      bytes.push(token)
    }
  }
  const missing = ids.indexOf(-1)
  if (missing !== -1) throw invalid('the vocabulary', `has no token for the byte ${missing}`)
  const merges: Merges = { bytes, list: pairsOf(tokens, numbers), field: 'merge' }
  const splits = [{ field: 'pattern', expression }]
  return { splits, nfc: false, whole: true, merges, ids, unmapped: [], added }
}

/** Any two tokens that together are one merge into it, and its rank says when. */
function pairsOf(tokens: Ranked[], numbers: Map<string, number>): Int32Array {
  const list: number[] = []
  for (const [token] of tokens) {
    for (let at = 1; at < token.length; at++) {
      const [left, right] = [numbers.get(token.slice(0, at)), numbers.get(token.slice(at))]
      if (left !== undefined && right !== undefined) list.push(left, right, numbers.get(token) as number)
    }
  }
  return Int32Array.from(list)
}
