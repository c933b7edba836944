// What Normalization Form C needs to know of characters, and which it may change.

import { concat, numbers } from './pack'
import { Varints } from './properties'
import { type Ranges, union } from './ranges'
import { combiningClasses, decompositions } from './unicode'

interface Tables {
  /** Each with the two that it is made of, the second 0 where it is one, and whether these make it again. */
  made: { whole: number; first: number; second: number; composes: boolean }[]
  /** Starts, ends and classes of runs. */
  classes: [number, number, number][]
}

let tables: Tables | undefined

function read(): Tables {
  const made: Tables['made'] = []
  const list = new Varints(decompositions)
  for (let whole = 0; !list.isEmpty; ) {
    const head = list.next()
    whole += head >> 1
    made.push({ whole, first: list.next(), second: list.next(), composes: (head & 1) === 1 })
  }
  const classes: Tables['classes'] = []
  const runs = new Varints(combiningClasses)
  for (let at = 0; !runs.isEmpty; ) {
    const start = at + runs.next()
    at = start + runs.next()
    classes.push([start, at, runs.next()])
  }
  return { made, classes }
}

/** Characters that NFC changes, moves, or joins to the one before. */
export function unstable(): Ranges {
  tables ??= read()
  const changed = tables.made.flatMap(({ whole, second, composes }) => [
    ...(composes ? [] : [[whole, whole]]),
    ...(composes ? [[second, second]] : []),
  ])
  const marks = tables.classes.map(([start, end]) => [start, end])
  // The vowels and the final consonants of Hangul join what is before them.
  return union(...changed, ...marks, [0x1161, 0x1175], [0x11a8, 0x11c2])
}

/** The tables as the core reads them. */
export function nfcTables(): Uint8Array {
  tables ??= read()
  const { made, classes } = tables
  const compositions = made.filter(({ composes }) => composes).sort((a, b) => a.first - b.first || a.second - b.second)
  const marks = classes.flatMap(([start, end, value]) =>
    Array.from({ length: end - start + 1 }, (_, i) => ((start + i) << 8) | value),
  )
  return concat([
    numbers([made.length, ...made.flatMap(({ whole, first, second }) => [whole, first, second])]),
    numbers([marks.length, ...marks]),
    numbers([compositions.length, ...compositions.flatMap(({ whole, first, second }) => [first, second, whole])]),
  ])
}
