// What one tokenizer can tell of a text: what each export that counts forwards to.

import { attempt, TrimtabError } from './errors'
import type { Tokenizer } from './runtime'
import { specialsOf } from './specials'
import { TextInput } from './text'
import type { SpecialOptions, SplitOptions } from './types'

/** The most that a number of tokens can be on the other side. */
const most = 0xffffffff

/**
 * A tokenizer, and the way to hand text to it.
 * @internal
 */
export class Counting {
  readonly tokenizer: Tokenizer
  readonly input: TextInput

  constructor(memory: WebAssembly.Memory, tokenizer: Tokenizer) {
    this.tokenizer = tokenizer
    this.input = new TextInput(memory, tokenizer)
  }

  count(text: string, options?: SpecialOptions): number {
    const specials = specialsOf(options)
    const length = this.#write(text)
    if (!specials) return attempt(() => this.tokenizer.count(length))
    return attempt(() => this.tokenizer.count_with(length, specials.allowed, specials.disallowed, most)) ?? most
  }

  countUpTo(text: string, limit: number, options?: SpecialOptions): number | null {
    if (!(limit >= 0)) throw new TrimtabError('invalid_input', `limit must not be negative, and is ${limit}`)
    const specials = specialsOf(options)
    const end = Math.min(Math.floor(limit), most)
    const length = this.#write(text)
    if (!specials) return attempt(() => this.tokenizer.count_up_to(length, end)) ?? null
    return attempt(() => this.tokenizer.count_with(length, specials.allowed, specials.disallowed, end)) ?? null
  }

  encode(text: string, options?: SpecialOptions): Uint32Array {
    const specials = specialsOf(options)
    const length = this.#write(text)
    if (!specials) return attempt(() => this.tokenizer.encode(length))
    return attempt(() => this.tokenizer.encode_with(length, specials.allowed, specials.disallowed))
  }

  decode(ids: Uint32Array | number[]): string {
    if (ids instanceof Uint32Array) return attempt(() => this.tokenizer.decode(ids))
    const strange = ids.find((id) => !(Number.isInteger(id) && id >= 0 && id <= most))
    if (strange !== undefined) throw new TrimtabError('invalid_token', `${strange} is no token id`)
    return attempt(() => this.tokenizer.decode(Uint32Array.from(ids)))
  }

  split(text: string, tokens: number, { overlap = 0 }: SplitOptions = {}): string[] {
    const [size, shared] = [natural(tokens, 'tokens'), natural(overlap, 'overlap')]
    const length = this.#write(text)
    const places = attempt(() => this.tokenizer.split(length, size, shared))
    return Array.from({ length: places.length / 2 }, (_, i) => text.slice(places[2 * i], places[2 * i + 1]))
  }

  #write(text: string): number {
    if (typeof text !== 'string') throw new TrimtabError('invalid_input', `text must be a string, not ${typeof text}`)
    return attempt(() => this.input.write(text))
  }
}

function natural(value: number, name: string): number {
  if (Number.isInteger(value) && value >= 0) return Math.min(value, most)
  throw new TrimtabError('invalid_input', `${name} must be a whole number that is not negative, and is ${value}`)
}
