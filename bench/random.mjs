/** Numbers from 0 to 1 that are the same every time: mulberry32. */
export function random(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** `next` as a whole number from 0 up to, but not including, `end`; and one of a list. */
export const below = (next, end) => Math.floor(next() * end)
export const pick = (next, list) => list[below(next, list.length)]
