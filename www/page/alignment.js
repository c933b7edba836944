// Finds out which stretches of the source an optimized text no longer has.
//
// What is kept stands in the text word for word and in order, so it can be looked up from front to back; a text that was
// rewritten in another form can't, and then there is no answer rather than a wrong one.

const leastShareFound = 0.5
// A short line such as "}" stands everywhere: it is looked for nearby only, or it would carry the search away.
const shortLine = 16
const nearby = 4000

/**
 * Gives the `[start, end]` spans of `source` that are not in `kept`, the texts between the markers, or null when the
 * text was rewritten. `regions` are the spans of the source that count.
 */
export function leftOut(source, kept, regions, encode = (text) => text) {
  const found = []
  let cursor = regions[0]?.[0] ?? 0
  let missed = 0
  const look = (text, split) => {
    const needle = encode(text)
    const at = locate(source, needle, cursor)
    if (at >= 0) {
      found.push([at, at + needle.length])
      cursor = at + needle.length
    } else if (split.length > 0) {
      for (const part of text.split(split[0])) if (part.trim() !== '') look(part.trim(), split.slice(1))
    } else missed += text.length
  }
  for (const text of kept) if (text.trim() !== '') look(text.trim(), [/\n/, /(?<=[.!?。])\s+/])
  const length = found.reduce((sum, [start, end]) => sum + end - start, 0)
  if (length < leastShareFound * (length + missed)) return null
  return regions
    .flatMap((region) => outside(region, found))
    .filter(([start, end]) => /[\p{L}\p{N}]/u.test(source.slice(start, end)))
}

/** The spans of the parts in the source, one after the other. */
export function regionsOf(source, { parts, encode }) {
  let cursor = 0
  return parts.flatMap((part) => {
    const needle = encode(part)
    const at = source.indexOf(needle, cursor)
    if (at < 0) return []
    cursor = at + needle.length
    return [[at, cursor]]
  })
}

function locate(source, needle, from) {
  const at = source.indexOf(needle, from)
  return needle.length < shortLine && at - from > nearby ? -1 : at
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
