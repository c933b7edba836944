// Fits the weights that say where tokens start inside a piece, and the sieve of pieces that need none.
import { minimize } from './minimize.mjs'
import { startsIn } from './tokens.mjs'

/** How much each kind of text counts, whatever its size. */
const shares = {
  english: 2,
  latin: 0.3,
  code: 1.5,
  json: 1,
  cjk: 1,
  scripts: 1.5,
  markdown: 0.5,
  logs: 0.4,
  wordless: 0.4,
}

/** Pieces of this many characters or more say little that shorter ones don't. */
const longest = 80

/** The different pieces of all texts, each with its share of them, the weights that speak for its tokens, and the truth. */
export function examplesOf(texts, { boundaries, pieces }) {
  const total = new Map()
  for (const [kind, { weights }] of Object.entries(texts)) {
    const all = pieces.piecesOf(weights).filter((piece) => piece.length <= longest && !/^\d/.test(piece))
    for (const piece of all) total.set(piece, (total.get(piece) ?? 0) + (1e5 * shares[kind]) / all.length)
  }
  return Array.from(total, ([piece, share]) => exampleOf(piece, share, boundaries, pieces))
}

function exampleOf(piece, share, { bytesOf, codesOf, weightsAt }, { shapeOf }) {
  const codes = codesOf(piece)
  const shape = shapeOf(codes)
  const starts = startsIn(piece, bytesOf)
  const gaps = codes.map((code, at) => ({
    indices: Uint16Array.from(weightsAt(codes, at, shape)),
    most: bytesOf(code),
    starts: starts[at] - (at === 0 ? 1 : 0),
  }))
  return {
    piece,
    share,
    tokens: starts.reduce((sum, count) => sum + count),
    gaps: codes[0] < 128 ? gaps.slice(1) : gaps,
  }
}

/** The weights with the least logistic loss; only those from `first` on are changed. */
export function fitWeights(weights, examples, { steps, ridge, first = 0 }) {
  const fitted = weights.slice(first)
  const all = weights.slice()
  const loss = (point, gradient) => {
    all.set(point, first)
    const whole = new Float64Array(all.length)
    let sum = 0
    for (const { share, gaps } of examples) for (const gap of gaps) sum += share * gapLoss(gap, share, all, whole)
    for (let i = first; i < all.length; i++) {
      sum += 0.5 * ridge * all[i] * all[i]
      gradient[i - first] = whole[i] + ridge * all[i]
    }
    return sum
  }
  minimize(fitted, loss, steps)
  weights.set(fitted, first)
}

function gapLoss({ indices, most, starts }, share, weights, gradient) {
  let score = 0
  for (const index of indices) score += weights[index]
  const size = Math.exp(-Math.abs(score))
  const likely = score > 0 ? 1 / (1 + size) : size / (1 + size)
  const wanted = starts / most
  for (const index of indices) gradient[index] += share * most * (likely - wanted)
  return most * (Math.max(score, 0) + Math.log1p(size) - wanted * score)
}

const likelyExtra = ({ gaps }, weights) =>
  gaps.reduce(
    (sum, { indices, most }) => sum + most / (1 + Math.exp(-indices.reduce((score, i) => score + weights[i], 0))),
    0,
  )

/** Hashes of the pieces that are one token each and that the weights are most wrong about. */
export function sieveOf(examples, weights, hashOf, { count, range }) {
  const single = examples.filter(
    ({ piece, tokens, gaps }) => tokens === 1 && gaps.length > 0 && /^[\x20-\x7e]*$/.test(piece),
  )
  const gains = single.map((example) => ({ piece: example.piece, gain: example.share * likelyExtra(example, weights) }))
  gains.sort((a, b) => b.gain - a.gain)
  return new Set(gains.slice(0, count).map(({ piece }) => hashOf(piece) % range))
}
