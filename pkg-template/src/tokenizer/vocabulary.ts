// The order in which merging makes tokens, from the list of merges.
//
// Merging takes, of all neighbours that the list has, those that stand first in it, the leftmost of equals. A token that
// is ever made is made of the same two parts wherever it stands: as long as nothing outside has merged into its bytes,
// they go through the same steps as if they stood alone. So a list with several pairs for a token comes down to one, and
// a token whose bytes alone end otherwise is never made at all. What is left is what the core merges by: a place in the
// order for each token that is made. `docs/TOKENIZERS.md` has the argument.

import { unsupported } from './refusal'

/** Tokens by number, which is their place in `bytes`, the single bytes first. */
export interface Merges {
  /** The bytes of each token as a string, a character each. */
  bytes: string[]
  /** Left part, right part and whole of each merge, in order. */
  list: Int32Array
  /** The field that an error names. */
  field: string
}

/** What the core merges by. */
export interface Order {
  /** The numbers of tokens: the single bytes, and then those that are merged, parts before what they are part of. */
  tokens: number[]
  /** The two parts of each token after the single bytes, as places in `tokens`. */
  parts: [number, number][]
  /** The places of all tokens in the order in which they are made, where that is another one. */
  order?: number[]
}

/** The core reads no longer tokens. */
const longest = 255

/** Not made so far; above every rank. */
const never = 0x7fffffff

export function orderOf({ bytes, list, field }: Merges): Order {
  const made = new Made(bytes.length, list)
  const straight = made.straight()
  const crooked = made.crooked(bytes)
  const tokens = [...Array.from({ length: 256 }, (_, byte) => byte), ...straight, ...crooked]
  const tooLong = tokens.find((token) => (bytes[token] ?? '').length > longest)
  if (tooLong !== undefined) {
    const length = bytes[tooLong]?.length
    throw unsupported(`${field}[${made.rank(tooLong)}]`, `makes a token of ${length} bytes, above ${longest}`)
  }
  const places = new Int32Array(bytes.length)
  tokens.forEach((token, place) => void (places[token] = place))
  const parts = tokens.slice(256).map((token) => made.parts(token).map((part) => places[part] ?? 0) as [number, number])
  if (crooked.length === 0) return { tokens, parts }
  const rank = (place: number) => made.rank(tokens[place] ?? 0)
  const merged = [...tokens.keys()].slice(256).sort((a, b) => rank(a) - rank(b))
  return { tokens, parts, order: [...tokens.keys()].slice(0, 256).concat(merged) }
}

/** When and of what tokens are made. */
class Made {
  readonly #list: Int32Array
  readonly #pairs: Pairs
  /** The rank of the merge that makes each token: -1 for single bytes. */
  readonly #ranks: Int32Array
  readonly #left: Int32Array
  readonly #right: Int32Array

  constructor(tokens: number, list: Int32Array) {
    this.#list = list
    this.#pairs = new Pairs(list)
    this.#ranks = new Int32Array(tokens).fill(never)
    this.#ranks.fill(-1, 0, 256)
    this.#left = new Int32Array(tokens)
    this.#right = new Int32Array(tokens)
  }

  rank = (token: number) => this.#ranks[token] as number
  parts = (token: number) => [this.#left[token] as number, this.#right[token] as number]

  #note(rank: number): number {
    const whole = this.#list[3 * rank + 2] as number
    this.#ranks[whole] = rank
    this.#left[whole] = this.#list[3 * rank] as number
    this.#right[whole] = this.#list[3 * rank + 1] as number
    return whole
  }

  /** Finds the tokens that are made of parts with lower ranks, and so on down to bytes; in the order of ranks. */
  straight(): number[] {
    const found: number[] = []
    for (let rank = 0; 3 * rank < this.#list.length; rank++) {
      const [left, right] = [this.#list[3 * rank] as number, this.#list[3 * rank + 1] as number]
      const whole = this.#list[3 * rank + 2] as number
      const isOpen = this.rank(whole) === never && this.rank(left) < never && this.rank(right) < never
      if (isOpen && this.#pairs.rank(left, right) === rank && this.#isUndisturbed(left, right))
        found.push(this.#note(rank))
    }
    return found
  }

  /**
   * Whether the bytes of two tokens side by side end as these two: no merge across their border comes first.
   *
   * Goes back in time: undoes the later of the two merges that made what is left and right of the border, and asks
   * whether the neighbours of then would have merged before what really came next. Ranks tell times, because no token
   * here has a part of a higher rank.
   */
  #isUndisturbed(left: number, right: number): boolean {
    for (let [u, v] = [left, right]; ; ) {
      let limit: number
      if (this.rank(u) > this.rank(v)) {
        limit = this.rank(u)
        u = this.#right[u] as number
      } else if (this.rank(v) >= 0) {
        // Of equals the leftmost goes first, and this one is to the right of the border.
        limit = this.rank(v) + 1
        v = this.#left[v] as number
      } else return true
      if (this.#pairs.rank(u, v) < limit) return false
    }
  }

  /**
   * Finds the tokens that merging makes although some part of theirs has a higher rank, by merging the bytes of each token
   * that is left; shorter ones first. Lists that were derived from ranks have some, and those that were learned have none.
   */
  crooked(bytes: string[]): number[] {
    const left = bytes.flatMap((_, token) => (this.rank(token) === never ? [token] : []))
    const last = left.flatMap((token) => {
      const rank = this.#lastMerge(bytes[token] as string)
      return rank === undefined ? [] : [rank]
    })
    const found = last.map((rank) => this.#note(rank))
    return found.sort((a, b) => (bytes[a] as string).length - (bytes[b] as string).length)
  }

  /** The rank of the last merge where merging `bytes` ends with one token. */
  #lastMerge(bytes: string): number | undefined {
    const parts = Array.from(bytes, (byte) => byte.charCodeAt(0))
    let rank: number | undefined
    while (parts.length > 1) {
      const ranks = parts.slice(1).map((right, i) => this.#pairs.rank(parts[i] as number, right))
      rank = ranks.reduce((a, b) => Math.min(a, b))
      if (rank === never) return undefined
      parts.splice(ranks.indexOf(rank), 2, this.#list[3 * rank + 2] as number)
    }
    return rank
  }
}

/** The ranks of pairs, in one table: a map takes ten times the time. */
class Pairs {
  readonly #list: Int32Array
  readonly #slots: Int32Array

  constructor(list: Int32Array) {
    this.#list = list
    const bits = Math.ceil(Math.log2(list.length / 3 + 1)) + 1
    this.#slots = new Int32Array(2 ** bits).fill(-1)
    // From the last to the first: of a pair that is listed twice the last counts, as in a map that is filled in order.
    for (let rank = list.length / 3 - 1; rank >= 0; rank--) {
      const slot = this.#slot(list[3 * rank] as number, list[3 * rank + 1] as number)
      if (this.#slots[slot] === -1) this.#slots[slot] = rank
    }
  }

  rank(left: number, right: number): number {
    const rank = this.#slots[this.#slot(left, right)] as number
    return rank === -1 ? never : rank
  }

  #slot(left: number, right: number): number {
    const mask = this.#slots.length - 1
    for (let at = Math.imul(Math.imul(left, 0x9e3779b1) ^ right, 0x85ebca6b) >>> 7; ; at++) {
      const slot = at & mask
      const rank = this.#slots[slot] as number
      if (rank === -1 || (this.#list[3 * rank] === left && this.#list[3 * rank + 1] === right)) return slot
    }
  }
}
