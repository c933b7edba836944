// Sums a text up, and corrects the sum by what kind of text it is.

import { extraTokens, hashOf } from './boundaries'
import { Group, groupOf, groups, piecesOf } from './pieces'

/** What is known of pieces: weights, and a sieve of the hashes of common pieces that are one token. */
export interface Model {
  weights: ArrayLike<number>
  sieve: ReadonlySet<number>
  sieveRange: number
}

/** By group: pieces, and the tokens that they are likely to have beyond one each. */
export interface Sums {
  pieces: Float64Array
  extra: Float64Array
}

export function sumsOf(text: string, model: Model): Sums {
  const sums = { pieces: new Float64Array(groups), extra: new Float64Array(groups) }
  const seen = new Map<string, { group: number; extra: number }>()
  for (const piece of piecesOf(text)) {
    let found = seen.get(piece)
    if (!found) seen.set(piece, (found = judged(piece, model)))
    sums.pieces[found.group] = (sums.pieces[found.group] ?? 0) + 1
    sums.extra[found.group] = (sums.extra[found.group] ?? 0) + found.extra
  }
  return sums
}

function judged(piece: string, { weights, sieve, sieveRange }: Model): { group: number; extra: number } {
  const group = groupOf(piece)
  if (group === Group.digits) return { group, extra: 0 }
  if (group < Group.first && sieve.has(hashOf(piece) % sieveRange))
    return { group: group === Group.lower || group === Group.cased ? Group.known : group, extra: 0 }
  return { group, extra: extraTokens(piece, weights) }
}

/**
 * What the correction of a text is linear in. Pieces are judged one by one, but a text in German has more tokens a word
 * than one in English with the same letters: how many words are common ones tells them apart.
 */
export function terms({ pieces, extra }: Sums): { group: number; value: number }[] {
  const at = (list: Float64Array, group: number) => list[group] ?? 0
  const words = [Group.known, Group.lower, Group.cased, Group.accented]
  const total = (list: Float64Array, of: readonly number[]) =>
    of.reduce<number>((sum, group) => sum + at(list, group), 0)
  const [wordCount, all] = [total(pieces, words) + 4, pieces.reduce((sum, count) => sum + count, 4)]
  const known = (at(pieces, Group.known) + 2) / wordCount
  const rate = (total(extra, words) + 1) / (wordCount + 1)
  const accented = at(pieces, Group.accented) / wordCount
  const cased = at(pieces, Group.cased) / wordCount
  const [digits, signs] = [at(pieces, Group.digits) / all, at(pieces, Group.signs) / all]
  const ofWords = [
    1,
    known,
    known ** 2,
    rate,
    rate ** 2,
    known * rate,
    accented,
    accented ** 2,
    accented * known,
    cased,
    digits,
    signs,
  ]
  const times = (group: number, factors: number[]) =>
    factors.map((factor) => ({ group, value: at(extra, group) * factor }))
  return [
    ...[Group.lower, Group.cased, Group.accented].flatMap((group) => times(group, ofWords)),
    ...times(Group.signs, [1, digits, signs, known]),
    ...times(Group.white, [1]),
    ...Array.from({ length: groups - Group.first }, (_, i) => Group.first + i).flatMap((group) => {
      const own = at(extra, group) / (at(pieces, group) + 2)
      return times(group, [1, own, own ** 2])
    }),
  ]
}

/** The most that a correction may change what was added up: texts unlike all that the model was fitted to are left alone. */
const most = 2

/** The tokens of a text, by group. */
export function tokensOf(sums: Sums, correction: ArrayLike<number>): Float64Array {
  const corrected = new Float64Array(groups)
  terms(sums).forEach(({ group, value }, i) => {
    corrected[group] = (corrected[group] ?? 0) + (correction[i] ?? 0) * value
  })
  return corrected.map((tokens, group) => {
    const extra = sums.extra[group] ?? 0
    return (sums.pieces[group] ?? 0) + Math.min(Math.max(tokens, extra / most), extra * most)
  })
}
