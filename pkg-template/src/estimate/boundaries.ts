// Where tokens are likely to end inside a piece: a logistic model of each character and its neighbours.

import { shapeOf, shapes } from './pieces'

/** Weights hashed by runs of characters, those of ASCII and those of all others, and by place within a shape. */
export const sizes = { ascii: 4096, other: 4096, near: 6 }
const places = sizes.ascii + sizes.other

/** How many weights there are. */
export const weightCount = places + shapes * sizes.near * sizes.near

/** Mixes two numbers into one of 32 bits; the constants are those of MurmurHash3's finalizer and of the golden ratio. */
function mixed(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
  return (hash ^ (hash >>> 13)) >>> 0
}

export const hashOf = (piece: string): number => {
  let hash = 7
  for (let at = 0; at < piece.length; at++) hash = mixed(hash, piece.charCodeAt(at))
  return hash
}

/** How many bytes a character has in UTF-8, and so the most tokens that can start in it. */
export const bytesOf = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)

const folded = (code: number) => (code >= 65 && code <= 90 ? code + 32 : code)

/** The code points of `piece`. */
export const codesOf = (piece: string): number[] => Array.from(piece, (each) => each.codePointAt(0) ?? 0)

/** Which weights speak for a token that starts in the character `at`; the first of ASCII always starts one, and has none. */
export function weightsAt(codes: readonly number[], at: number, shape: number): number[] {
  const code = folded(codes[at] ?? 0)
  const rest = codes.length - 1 - at
  const place =
    places + (shape * sizes.near + Math.min(at, sizes.near - 1)) * sizes.near + Math.min(rest, sizes.near - 1)
  const before = folded(codes[at - 1] ?? 0)
  const pair = mixed(before, code)
  const left = mixed(folded(codes[at - 2] ?? 1), pair)
  const right = mixed(pair, folded(codes[at + 1] ?? 0) + 1000)
  if (code < 128) return [place, pair % sizes.ascii, left % sizes.ascii, right % sizes.ascii]
  return [place, ...[mixed(code, 77), pair, left, right].map((hash) => sizes.ascii + (hash % sizes.other))]
}

/** How many tokens more than one `piece` is likely to have. */
export function extraTokens(piece: string, weights: ArrayLike<number>): number {
  const codes = codesOf(piece)
  const shape = shapeOf(codes)
  let extra = 0
  for (let at = (codes[0] ?? 0) < 128 ? 1 : 0; at < codes.length; at++) {
    const score = weightsAt(codes, at, shape).reduce((sum, index) => sum + (weights[index] ?? 0), 0)
    extra += bytesOf(codes[at] ?? 0) / (1 + Math.exp(-score))
  }
  return extra
}
