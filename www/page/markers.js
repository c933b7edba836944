// Takes an optimized text apart at its omission markers.
//
// There are three: `[…812 tokens left out: 482193077012.3 Title]` for one place, the same with `in 14 places` and an id
// without a number, or just `[…482193077012]`, for all of them, and a bare `[…]` for a place that such a one accounts for.

const marker = /\[…(?:(?:\d+ tokens(?: in \d+ places)? left out: )?(\d{12}(?:\.\d+)?)(?: [^\]\n]*)?)?\]/gu

/**
 * Splits `text` into pieces: `{ text }`, `{ ref, tokens, title, places }` for a marker that can be opened, and `{ gap }`
 * for a bare one. Only the refs of this result count, so that a text that speaks of markers keeps its own.
 */
export function piecesOf(text, omitted) {
  if (omitted.length === 0) return text === '' ? [] : [{ text }]
  const known = knownRefs(omitted)
  const pieces = []
  let end = 0
  for (const { 0: all, 1: ref, index } of text.matchAll(marker)) {
    if (ref && !known.has(ref)) continue
    pieces.push({ text: text.slice(end, index) }, ref ? known.get(ref) : { gap: all })
    end = index + all.length
  }
  pieces.push({ text: text.slice(end) })
  return pieces.filter((piece) => piece.text !== '')
}

/** By ref: each omission, and the id before the dot, which stands for all of them. */
function knownRefs(omitted) {
  const known = new Map(omitted.map(({ ref, tokens, title }) => [ref, { ref, tokens, title, places: 1 }]))
  const [id] = omitted[0].ref.split('.')
  const tokens = omitted.reduce((sum, omission) => sum + omission.tokens, 0)
  const title = omitted.length === 1 ? omitted[0].title : ''
  return known.set(id, { ref: id, tokens, title, places: omitted.length })
}
