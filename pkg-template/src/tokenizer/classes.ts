// Divides all code points into classes: two are in one class when no set tells them apart.

import { last, pairsOf, type Ranges } from './ranges'

/** What the core has room for in a byte, beside two bits. */
export const mostClasses = 63

export interface Classes {
  /** How many there are. */
  count: number
  /** For each set, for each class, whether it is in the set. */
  members: boolean[][]
  /** The class of each code point. */
  table: Uint8Array
}

export function divide(sets: Ranges[]): Classes {
  const edges = sets.flatMap((set, i) =>
    pairsOf(set).flatMap(([start, end]) => [
      { at: start, i },
      { at: end + 1, i },
    ]),
  )
  edges.sort((a, b) => a.at - b.at)
  const table = new Uint8Array(last + 1)
  const classes = new Map<string, number>()
  const inside = new Array<boolean>(sets.length).fill(false)
  const members: boolean[][] = sets.map(() => [])
  let from = 0
  const fill = (to: number) => {
    if (to === from) return
    const key = inside.map(Number).join('')
    const known = classes.get(key) ?? classes.size
    if (known === classes.size) {
      classes.set(key, known)
      inside.forEach((isInside, i) => void members[i]?.push(isInside))
    }
    table.fill(known, from, to)
    from = to
  }
  for (const { at, i } of edges) {
    fill(at)
    inside[i] = !inside[i]
  }
  fill(last + 1)
  return { count: classes.size, members, table }
}

const block = 128

/** A table of a byte each as the core reads it: which block each 128 code points have, and the blocks. */
export function inBlocks(table: Uint8Array): { index: Uint8Array; blocks: Uint8Array } {
  const known = new Map<string, number>()
  const blocks: number[] = []
  const index = new Uint8Array((2 * table.length) / block)
  for (let i = 0; i < table.length / block; i++) {
    const bytes = table.subarray(i * block, (i + 1) * block)
    const key = String.fromCharCode(...bytes)
    const at = known.get(key) ?? known.size
    if (at === known.size) {
      known.set(key, at)
      blocks.push(...bytes)
    }
    index.set([at & 255, at >> 8], 2 * i)
  }
  return { index, blocks: Uint8Array.from(blocks) }
}
