// Reads the `tokenizer.json` of Hugging Face's `tokenizers`, of byte-level BPE kind.
//
// The ids are those of the text alone: `post_processor`, `truncation` and `padding`, which add to a text or cut it, are not
// followed.

import { byteChars, bytesOf, utf8 } from './bytes'
import type { AddedToken, Tokenizer } from './pack'
import { gpt2 } from './patterns'
import { invalid, shown, unsupported } from './refusal'
import type { Split } from './splits'
import type { Merges } from './vocabulary'

type Fields = Record<string, unknown>

/** Reads a parsed `tokenizer.json`; throws `unsupported_tokenizer` or `invalid_tokenizer`, naming the field. */
export function fromHuggingFace(json: object): Tokenizer {
  const file = json as Fields
  const model = fields(file.model, 'model')
  requireByteLevel(model)
  const nfc = usesNfc(file.normalizer)
  const splits = splitsOf(file.pre_tokenizer)
  requireDecoder(file.decoder)
  const vocab = Object.entries(fields(model.vocab, 'model.vocab')) as [string, number][]
  const { merges, ids, unmapped } = tokensOf(vocab, model.merges)
  const added = addedOf(file.added_tokens, model.vocab as Fields, nfc)
  return { splits, nfc, whole: model.ignore_merges === true, merges, ids, unmapped, added }
}

function fields(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(field, 'is no object')
  return value as Fields
}

function requireByteLevel(model: Fields): void {
  const type = model.type ?? 'BPE'
  if (type !== 'BPE') throw unsupported('model.type', `is ${shown(type)}; only BPE over bytes can be counted`)
  if (model.byte_fallback === true) throw unsupported('model.byte_fallback', 'is true: its tokens are not over bytes')
  if (model.dropout) throw unsupported('model.dropout', 'makes ids a matter of chance')
  for (const name of ['continuing_subword_prefix', 'end_of_word_suffix']) {
    if (model[name]) throw unsupported(`model.${name}`, `is ${shown(model[name])}`)
  }
}

function usesNfc(normalizer: unknown, field = 'normalizer'): boolean {
  if (normalizer === null || normalizer === undefined) return false
  const { type, normalizers } = fields(normalizer, field)
  if (type === 'NFC') return true
  if (type !== 'Sequence' || !Array.isArray(normalizers))
    throw unsupported(field, `is ${shown(type)}; NFC can be done, or none`)
  return normalizers.map((one, i) => usesNfc(one, `${field}.normalizers[${i}]`)).some(Boolean)
}

function requireDecoder(decoder: unknown): void {
  const { type } = fields(decoder ?? {}, 'decoder')
  if (type !== 'ByteLevel') throw unsupported('decoder', `is ${shown(type)}, and ByteLevel is what gives bytes back`)
}

/** The steps before merging; `ByteLevel` has to be the last, since what comes after it would see no text but its letters. */
function splitsOf(preTokenizer: unknown): Split[] {
  const steps = stepsOf(preTokenizer, 'pre_tokenizer')
  const bytes = steps.findIndex(({ step }) => step.type === 'ByteLevel')
  if (bytes === -1) throw unsupported('pre_tokenizer', 'has no ByteLevel, so its tokens are not over bytes')
  if (bytes !== steps.length - 1) throw unsupported('pre_tokenizer', 'has a step after ByteLevel')
  return steps.flatMap(({ step, field }) => splitOf(step, field))
}

function stepsOf(value: unknown, field: string): { step: Fields; field: string }[] {
  if (value === null || value === undefined) return []
  const step = fields(value, field)
  if (step.type !== 'Sequence') return [{ step, field }]
  if (!Array.isArray(step.pretokenizers)) throw invalid(`${field}.pretokenizers`, 'is no list')
  return step.pretokenizers.flatMap((one, i) => stepsOf(one, `${field}.pretokenizers[${i}]`))
}

function splitOf(step: Fields, field: string): Split[] {
  switch (step.type) {
    case 'ByteLevel':
      if (step.add_prefix_space === true)
        throw unsupported(`${field}.add_prefix_space`, 'is true: texts would be changed')
      return step.use_regex === false ? [] : [{ field, expression: gpt2 }]
    case 'Digits':
      return [{ field, expression: step.individual_digits === true ? '\\p{N}' : '\\p{N}+' }]
    case 'Split':
      return [
        { field: `${field}.pattern`, expression: expressionOf(step.pattern, field), dropsRest: dropsRest(step, field) },
      ]
    default:
      throw unsupported(`${field}.type`, `is ${shown(step.type)}; known are Split, Digits and ByteLevel`)
  }
}

function expressionOf(pattern: unknown, field: string): string {
  const { Regex, String: text } = fields(pattern, `${field}.pattern`)
  if (typeof Regex === 'string') return Regex
  if (typeof text === 'string' && text !== '') return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  throw invalid(`${field}.pattern`, 'has neither a Regex nor a String')
}

function dropsRest({ behavior, invert }: Fields, field: string): boolean {
  if (behavior === 'Isolated') return false
  if (behavior === 'Removed' && invert === true) return true
  throw unsupported(`${field}.behavior`, `is ${shown(behavior)}${invert ? ', inverted' : ''}; Isolated can be done`)
}

interface Tokens {
  merges: Merges
  ids: number[]
  unmapped: { id: number; bytes: string }[]
}

function tokensOf(vocab: [string, number][], listed: unknown): Tokens {
  requireDistinctIds(vocab)
  const numbers = new Map(byteChars.map((char, byte) => [char, byte]))
  const ids = new Array<number>(256).fill(-1)
  const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte))
  const unmapped: Tokens['unmapped'] = []
  for (const [token, id] of vocab) {
    const number = numbers.get(token)
    const mapped = number === undefined ? bytesOf(token) : undefined
    if (number !== undefined) ids[number] = id
    else if (mapped) {
      numbers.set(token, ids.push(id) - 1)
      bytes.push(mapped)
    } else unmapped.push({ id, bytes: utf8(token) })
  }
  const missing = ids.indexOf(-1)
  if (missing !== -1) throw unsupported('model.vocab', `has no token for the byte ${missing}`)
  return { merges: { bytes, list: mergesOf(listed, numbers), field: 'model.merges' }, ids, unmapped }
}

function requireDistinctIds(vocab: [string, number][]): void {
  const owners = new Map<number, string>()
  for (const [token, id] of vocab) {
    if (!Number.isInteger(id) || id < 0)
      throw invalid(`model.vocab[${shown(token)}]`, `is ${shown(id)}, which is no id`)
    const owner = owners.get(id)
    if (owner !== undefined)
      throw invalid('model.vocab', `gives the id ${id} to ${shown(owner)} and to ${shown(token)}`)
    owners.set(id, token)
  }
}

function mergesOf(listed: unknown, numbers: Map<string, number>): Int32Array {
  if (!Array.isArray(listed)) throw invalid('model.merges', 'is no list')
  const list = new Int32Array(3 * listed.length)
  for (const [rank, merge] of listed.entries()) {
    // Files of before 2024 have both in one text.
    const pair = typeof merge === 'string' ? merge.split(' ') : merge
    if (!Array.isArray(pair) || pair.length !== 2)
      throw invalid(`model.merges[${rank}]`, `is ${shown(merge)}, which is no pair`)
    const found = [pair[0], pair[1], pair[0] + pair[1]].map((token) => numbers.get(token) ?? unknown(rank, token))
    list.set(found, 3 * rank)
  }
  return list
}

function unknown(rank: number, token: unknown): never {
  throw invalid(`model.merges[${rank}]`, `names ${shown(token)}, which the vocabulary does not have`)
}

function addedOf(listed: unknown, vocab: Fields, nfc: boolean): AddedToken[] {
  if (listed === undefined || listed === null) return []
  if (!Array.isArray(listed)) throw invalid('added_tokens', 'is no list')
  const owners = new Map<number, string>()
  return listed.map((one, i) => {
    const field = `added_tokens[${i}]`
    const { id, content, ...flags } = fields(one, field)
    if (typeof content !== 'string' || content === '') throw invalid(`${field}.content`, 'is no text')
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0)
      throw invalid(`${field}.id`, `is ${shown(id)}, which is no id`)
    const known = vocab[content]
    if (known !== undefined && known !== id)
      throw invalid(`${field}.id`, `is ${id}, and the vocabulary has ${shown(known)}`)
    if (owners.has(id)) throw invalid(`${field}.id`, `is ${id}, as that of ${shown(owners.get(id))}`)
    owners.set(id, content)
    const normalized = flags.normalized === true
    return {
      id,
      bytes: utf8(normalized && nfc ? content.normalize('NFC') : content),
      normalized,
      special: flags.special === true,
      lstrip: flags.lstrip === true,
      rstrip: flags.rstrip === true,
      singleWord: flags.single_word === true,
    }
  })
}
