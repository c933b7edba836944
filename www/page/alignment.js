// Finds out which stretches of the source an optimized text no longer has.
//
// What is kept stands in the text word for word and in order, so it can be looked up from front to back; a text that was
// rewritten in another form can't, and then there is no answer rather than a wrong one.

const leastShareFound = 0.5
// A short line such as "}" stands everywhere: it is looked for nearby only, or it would carry the search away.
const shortLine = 16
const nearby = 4000
const finer = [/\n/, /(?<=[.!?。])\s+/]

/**
 * Looks the pieces up in the source, and gives `spans`, the `[start, end]` of what is left out, and `ends`, by piece,
 * where in the source it ends; or null for a text that was rewritten. `input` says which regions of the source count.
 */
export function align(source, pieces, input) {
  const regions = regionsOf(source, input)
  const search = new Search(source, regions[0]?.[0] ?? 0, input.encode)
  const plain = unlabelled(input)
  const ends = pieces.map(({ text }) => text !== undefined && search.look(plain(text).trim(), finer))
  if (search.length < leastShareFound * (search.length + search.missed)) return null
  const spans = regions.flatMap((region) => outside(region, search.found))
  return { ends, spans: spans.filter(([start, end]) => says(source.slice(start, end))) }
}

/**
 * Gives each bare gap the omission that stands there. Only where the spans and the omissions are the same in number, and
 * the text at the gap begins as the omission's title says: a wrong text behind a gap would be worse than none.
 */
export function ownGaps(source, pieces, { spans, ends }, omitted) {
  if (spans.length !== omitted.length) return pieces
  return pieces.map((piece, index) => {
    const end = ends[index - 1]
    if (!piece.gap || typeof end !== 'number') return piece
    const at = spans.findIndex(([start]) => start >= end)
    if (at < 0 || says(source.slice(end, spans[at][0])) || !begins(source.slice(...spans[at]), omitted[at].title))
      return piece
    return { ...omitted[at], places: 1, bare: true }
  })
}

/** Joined messages have their roles before them, which do not stand in the source that way. */
function unlabelled({ shape, content }) {
  if (shape !== 'messages') return (text) => text
  const roles = new Set(content.map(({ role }) => role))
  return (text) => text.replace(/^(\S+): /gm, (label, role) => (roles.has(role) ? '' : label))
}

class Search {
  found = []
  length = 0
  missed = 0
  #source
  #cursor
  #encode

  constructor(source, cursor, encode) {
    this.#source = source
    this.#cursor = cursor
    this.#encode = encode
  }

  /** Looks for a text, and where it does not stand as a whole for its lines and sentences; gives where it ends. */
  look(text, [separator, ...rest]) {
    if (text === '') return
    const needle = this.#encode(text)
    const at = this.#source.indexOf(needle, this.#cursor)
    if (at >= 0 && (needle.length >= shortLine || at - this.#cursor <= nearby)) return this.#take(at, needle.length)
    if (separator)
      return text
        .split(separator)
        .map((part) => this.look(part.trim(), rest))
        .findLast(Number.isInteger)
    this.missed += text.length
  }

  #take(at, length) {
    this.found.push([at, at + length])
    this.length += length
    this.#cursor = at + length
    return this.#cursor
  }
}

/** The spans of the parts in the source, one after the other. */
function regionsOf(source, { parts, encode }) {
  let cursor = 0
  return parts.flatMap((part) => {
    const needle = encode(part)
    const at = source.indexOf(needle, cursor)
    if (at < 0) return []
    cursor = at + needle.length
    return [[at, cursor]]
  })
}

/** What of a region no found span covers. */
function outside([start, end], found) {
  const gaps = []
  let at = start
  for (const [from, to] of found) {
    if (to <= at || from >= end) continue
    if (from > at) gaps.push([at, from])
    at = to
  }
  if (at < end) gaps.push([at, end])
  return gaps
}

const says = (text) => /[\p{L}\p{N}]/u.test(text)

const letters = (text) => text.match(/[\p{L}\p{N}]+/gu) ?? []

/** Whether a text begins with the words of a title, the last of which may be cut. */
function begins(text, title) {
  const words = letters(title)
  return letters(text.slice(0, title.length * 4))
    .slice(0, words.length - 1)
    .every((word, index) => word === words[index])
}
