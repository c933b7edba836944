// The pieces that o200k_base cuts a text into before it merges, and of what shape they are.

/** The pattern of o200k_base. JavaScript's \s differs from the reference's in two characters, which an estimate can bear. */
const pattern =
  /[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?:'(?:[stmd]|re|ve|ll))?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?:'(?:[stmd]|re|ve|ll))?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu

export const piecesOf = (text: string): string[] => text.match(pattern) ?? []

/** Where a character stands in the tables of shapes: ASCII has its own shapes, the rest goes by Unicode block. */
const blocks = [
  0x250, 0x400, 0x530, 0x600, 0x700, 0x900, 0x980, 0xe00, 0xe80, 0x1000, 0x2000, 0x2e80, 0x3040, 0x30a0, 0x3100, 0x4e00,
  0xa000, 0xac00, 0xd7b0, 0x10000,
]
const firstBlock = 15

/** How many shapes there are. */
export const shapes = firstBlock + blocks.length + 1

const isLower = (code: number | undefined) => code !== undefined && code >= 97 && code <= 122
const isUpper = (code: number | undefined) => code !== undefined && code >= 65 && code <= 90
const isLetter = (code: number | undefined) => isLower(code) || isUpper(code) || (code !== undefined && code >= 0xc0)

/**
 * The shape of a piece of these code points: what it starts with (nothing, a space, a sign), and then its case, that it is
 * of signs or white space, or the block of its first character.
 */
export function shapeOf(codes: readonly number[]): number {
  const start = codes[0] === 32 ? 1 : !isLetter(codes[0]) && isLetter(codes[1]) ? 2 : 0
  const [first, second] = codes.slice(start > 0 ? 1 : 0)
  if (first === undefined) return 0
  if (first >= 0x250) return firstBlock + blocks.filter((end) => first >= end).length
  if (first >= 128) return 12 + start
  if (!isLetter(first)) return 1 + start
  return 3 + 3 * start + (isLower(first) ? 0 : isUpper(second) ? 2 : 1)
}

/** What pieces are told apart by when a text is summed up. */
export const Group = { known: 0, lower: 1, cased: 2, accented: 3, signs: 4, white: 5, digits: 6, first: 7 } as const

/** Scripts whose pieces are a group each, by where they end. */
const scripts = [0x530, 0x700, 0x1200, 0x2e80, 0xac00, 0xd7b0]

/** How many groups there are. */
export const groups = Group.first + scripts.length + 1

/** The group of a piece that no list knows. */
export function groupOf(piece: string): number {
  const highest = Math.max(...Array.from(piece.slice(0, 16), (each) => each.codePointAt(0) ?? 0))
  if (highest >= 0x250) return Group.first + scripts.filter((end) => highest >= end).length
  if (highest >= 128) return Group.accented
  if (/^.?[a-z]+$/.test(piece)) return Group.lower
  if (/[a-z]/i.test(piece)) return Group.cased
  if (/^[0-9]/.test(piece)) return Group.digits
  return /\S/.test(piece) ? Group.signs : Group.white
}
