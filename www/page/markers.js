// Takes an optimized text apart at its omission markers.

const marker = /\[…(\d+) tokens(?: in (\d+) places)? left out: ([\w-]+(?:\.\d+)?)(?: ([^\]\n]*))?\]/gu
const gap = '…'

/**
 * Splits `text` into `{ text }` and `{ ref, tokens, title, places }`. Only the refs of this result count, so that a text
 * that speaks of markers keeps its own.
 */
export function piecesOf(text, omitted) {
  const pieces = []
  const refs = knownRefs(omitted)
  let end = 0
  for (const found of text.matchAll(marker)) {
    const [all, tokens, places, ref, title = ''] = found
    if (!refs.has(ref)) continue
    pieces.push({ text: text.slice(end, found.index) })
    pieces.push({ ref, tokens: Number(tokens), title, places: Number(places ?? 1) })
    end = found.index + all.length
  }
  pieces.push({ text: text.slice(end) })
  return withGaps(pieces, omitted).filter((piece) => piece.ref || piece.text !== '')
}

/** The omissions themselves, and the id before the dot, which stands for all of them. */
const knownRefs = (omitted) => new Set(omitted.flatMap(({ ref }) => [ref, ref.split('.')[0]]))

/**
 * Where one marker accounts for several places, the others are a bare `…`. They are told apart from the text's own
 * only when there are exactly as many as there should be; otherwise they stay text.
 */
function withGaps(pieces, omitted) {
  const total = pieces.find((piece) => piece.places > 1)
  if (!total || total.places !== omitted.length) return pieces
  const gaps = pieces.reduce((sum, { text }) => sum + (text ? text.split(gap).length - 1 : 0), 0)
  if (gaps !== omitted.length - 1) return pieces
  let next = 0
  return pieces.flatMap((piece) => {
    if (piece.ref) return [piece]
    return piece.text
      .split(gap)
      .flatMap((text, index) => (index === 0 ? [{ text }] : [{ ...omitted[next++], bare: true }, { text }]))
  })
}
