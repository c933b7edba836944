// Reads the tables that scripts/fit-estimate.mjs writes as text: a character a value.

/** How many values a character can have: printable ASCII from `(` on without the backslash. */
export const values = 86

const valueAt = (code: number) => (code > 92 ? code - 41 : code - 40)

/** `value`, from 0 on and below `values`, as a character. */
export const characterOf = (value: number): string => String.fromCharCode(value < 52 ? value + 40 : value + 41)

/** Numbers around zero, `scale` apart. */
export function signedTable(text: string, middle: number, scale: number): Float32Array {
  return Float32Array.from(text, (each) => (valueAt(each.charCodeAt(0)) - middle) * scale)
}

/** Increasing numbers, written as the gaps between them; the highest value says that the gap goes on. */
export function increasing(text: string): Set<number> {
  const numbers = new Set<number>()
  let last = 0
  for (const each of text) {
    const value = valueAt(each.charCodeAt(0))
    last += value
    if (value < values - 1) numbers.add(last)
  }
  return numbers
}
