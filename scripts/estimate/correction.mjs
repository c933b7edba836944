// Fits how a text's sum is corrected by what kind of text it is, and tells how far off the estimates are.
import { leastSquares } from './minimize.mjs'
import { counterOf } from './tokens.mjs'

const lengths = [500, 1_000, 2_000, 2_000, 4_000]
const slicesOfKind = 700
/** How much a term has to gain to be used. */
const ridge = 1e-3

/** Slices of different lengths, all over `text`. */
function slicesOf(text) {
  const step = Math.floor(text.length / slicesOfKind)
  return Array.from({ length: slicesOfKind }, (_, i) => text.slice(i * step, i * step + lengths[i % lengths.length]))
}

const exactly = (counted, piecesOf) => (text) => piecesOf(text).reduce((sum, piece) => sum + counted(piece), 0)

/** The coefficients of the terms of pkg-template/src/estimate/text.ts. */
export function correctionOf(texts, model, { pieces, text: { sumsOf, terms } }) {
  const exact = exactly(counterOf('o200k_base'), pieces.piecesOf)
  const rows = Object.values(texts).flatMap(({ correction }) =>
    slicesOf(correction).map((slice) => {
      const sums = sumsOf(slice, model)
      const tokens = exact(slice)
      const wanted = tokens - sums.pieces.reduce((sum, count) => sum + count)
      return { terms: Float64Array.from(terms(sums), ({ value }) => value), wanted, weight: 1 / tokens ** 2 }
    }),
  )
  return leastSquares(rows, prior(terms(sumsOf('', model))), ridge)
}

/** To leave everything as it is: the first term of each group is what was added up. */
const prior = (terms) =>
  Float64Array.from(terms, ({ group }, i) => (terms.findIndex((term) => term.group === group) === i ? 1 : 0))

/** By kind of text, the mean absolute error in % over slices of 2,000 characters that nothing was fitted to. */
export async function errorsOf(texts, model, correction, factors, { text: { sumsOf, tokensOf } }) {
  const exact = Object.fromEntries(
    ['o200k_base', 'cl100k_base', 'p50k_base', 'r50k_base'].map((name) => [name, counterOf(name)]),
  )
  const errorOf = (slice, name) => {
    const parts = tokensOf(sumsOf(slice, model), correction)
    const tokens = parts.reduce((sum, part, group) => sum + part * (factors[name]?.[group] ?? 1), 0)
    return tokens / exact[name](slice) - 1
  }
  const mean = (values) => Number(((100 * values.reduce((sum, value) => sum + value, 0)) / values.length).toFixed(2))
  return Object.fromEntries(
    Object.entries(texts).map(([kind, { held }]) => {
      const slices = Array.from({ length: Math.min(150, Math.floor(held.length / 2_000)) }, (_, i) =>
        held.slice(2_000 * i, 2_000 * (i + 1)),
      )
      const errors = Object.keys(exact).map((name) => [
        name,
        mean(slices.map((slice) => Math.abs(errorOf(slice, name)))),
      ])
      return [kind, { ...Object.fromEntries(errors), bias: mean(slices.map((slice) => errorOf(slice, 'o200k_base'))) }]
    }),
  )
}
