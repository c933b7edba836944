// Sets of code points, as ranges.

/** Starts and ends (inclusive) in turn, ascending and without overlap. */
export type Ranges = readonly number[]

export const last = 0x10ffff

export const of = (text: string): Ranges => union(...[...text].map((char) => one(char.codePointAt(0) ?? 0)))
export const one = (point: number): Ranges => [point, point]
export const anything: Ranges = [0, last]

export function union(...sets: Ranges[]): Ranges {
  const pairs = sets.flatMap(pairsOf).sort((a, b) => a[0] - b[0])
  const result: number[] = []
  for (const [start, end] of pairs) {
    const before = result.length - 1
    const reached = result[before]
    if (reached !== undefined && start <= reached + 1) result[before] = Math.max(reached, end)
    else result.push(start, end)
  }
  return result
}

export function complement(set: Ranges): Ranges {
  const result: number[] = []
  let from = 0
  for (const [start, end] of pairsOf(set)) {
    if (start > from) result.push(from, start - 1)
    from = end + 1
  }
  if (from <= last) result.push(from, last)
  return result
}

export const intersection = (a: Ranges, b: Ranges): Ranges => complement(union(complement(a), complement(b)))

export function pairsOf(set: Ranges): [number, number][] {
  return Array.from({ length: set.length / 2 }, (_, i) => [set[2 * i] as number, set[2 * i + 1] as number])
}
