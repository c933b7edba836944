// Turns files into a corpus: text without markup, nothing twice, and every part of it like every other.
import { random } from '../random.mjs'

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

/** The text of a page of HTML, a paragraph a line. */
export const textOf = (html) =>
  html
    .replace(/<(script|style|head)\b.*?<\/\1>/gs, '')
    .replace(/\s+/g, ' ')
    .replace(/<\/?(p|div|h\d|li|td|th|tr|dt|dd|pre|br|section|title)\b[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name) =>
      name[0] === '#' ? String.fromCodePoint(Number(name.slice(1).replace(/^x/i, '0x'))) : (entities[name] ?? whole),
    )
    .replace(/^ +| +$/gm, '')

/** The lines of `text` that are prose, `least` characters or longer, with half of their letters in `scripts`. */
export function proseIn(scripts, text, least) {
  const own = new RegExp(`[${scripts.map((script) => `\\p{Script=${script}}`).join('')}]`, 'gu')
  const shareOf = (line) => (line.match(own)?.length ?? 0) / (line.match(/\p{L}/gu)?.length || 1)
  return text
    .split('\n')
    .filter((line) => line.length >= least && shareOf(line) >= 0.5)
    .join('\n')
}

/** Drops lines that were there before, except for short ones, so that what is fresh stays fresh. */
export function withoutRepeats(text, least = 60) {
  const seen = new Set()
  const isNew = (line) => line.length < least || (!seen.has(line) && seen.add(line))
  return text.split('\n').filter(isNew).join('\n')
}

/** Blocks of about `size` characters in an order that is mixed but always the same, up to `most` bytes of UTF-8. */
export function mixed(text, most, size = 3_000) {
  const blocks = blocksOf(text, size)
  const next = random(blocks.length)
  for (let i = blocks.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    ;[blocks[i], blocks[j]] = [blocks[j], blocks[i]]
  }
  let bytes = 0
  return blocks.filter((block) => (bytes += Buffer.byteLength(block)) <= most).join('')
}

function blocksOf(text, size) {
  const blocks = []
  for (let at = 0; at < text.length; ) {
    const line = text.indexOf('\n', at + size) + 1
    // A line without end is cut, but not inside of a character.
    let end = line > 0 && line < at + 2 * size ? line : at + size
    if (text.codePointAt(end - 1) > 0xffff) end++
    blocks.push(text.slice(at, end))
    at = end
  }
  return blocks
}
