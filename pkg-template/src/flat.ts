// Hands an object over in two crossings instead of several a field: numbers that say what follows, and all texts in one.

/** What the core rebuilds the object from. */
export interface Flat {
  shape: Float64Array
  texts: string
}

const kinds = { null: 0, false: 1, true: 2, number: 3, string: 4, array: 5, object: 6 }
const zero = /\0/g

/** Levels that are handed over, as in an object that holds itself. */
const depth = 30

export function flat(value: unknown): Flat {
  const shape: number[] = []
  const texts: string[] = []
  add(value, shape, texts, depth)
  return { shape: Float64Array.from(shape), texts: texts.join('\0') }
}

function add(value: unknown, shape: number[], texts: string[], levels: number): void {
  if (typeof value === 'string') {
    shape.push(kinds.string)
    texts.push(withoutZeros(value))
  } else if (typeof value === 'number' || typeof value === 'bigint') {
    addNumber(Number(value), shape, texts)
  } else if (typeof value === 'boolean') {
    shape.push(value ? kinds.true : kinds.false)
  } else if (typeof value !== 'object' || value === null || levels === 0) {
    shape.push(kinds.null)
  } else if (Array.isArray(value)) {
    shape.push(kinds.array, value.length)
    for (const item of value) add(item, shape, texts, levels - 1)
  } else {
    const entries = Object.entries(value)
    shape.push(kinds.object, entries.length)
    for (const [name, field] of entries) {
      texts.push(withoutZeros(name))
      add(field, shape, texts, levels - 1)
    }
  }
}

/** What is not a number goes as its name: as null it would pass for a figure that is not there. */
function addNumber(value: number, shape: number[], texts: string[]): void {
  if (Number.isNaN(value)) {
    shape.push(kinds.string)
    texts.push('NaN')
  } else shape.push(kinds.number, value)
}

/** A zero separates texts; in a name it means nothing. */
const withoutZeros = (text: string): string => (text.includes('\0') ? text.replace(zero, '\ufffd') : text)
