// Moves strings into the core's memory: `encodeInto` writes there directly, an order of magnitude faster than the
// generated glue, which copies character by character until the first one that is not ASCII.

import { coreMemory } from './runtime'

/** Something in the core with a buffer for text. */
export interface TextTarget {
  /** Makes room for `length` bytes, keeping what was written, and gives its address. */
  reserve(length: number): number
}

let encoder: TextEncoder | undefined

/** Writes `text` as UTF-8 into the buffer of `target` and gives its length in bytes; lone surrogates become U+FFFD. */
export function writeText(target: TextTarget, text: string): number {
  encoder ??= new TextEncoder()
  let written = 0
  let rest = text
  // Most text is ASCII, so one byte a unit is reserved first, and three, the most that can be, only for what is left.
  for (let perUnit = 1; rest !== ''; perUnit = 3) {
    const room = rest.length * perUnit
    const address = target.reserve(written + room)
    const result = encoder.encodeInto(rest, new Uint8Array(coreMemory().buffer, address + written, room))
    written += result.written
    rest = rest.slice(result.read)
  }
  return written
}

/** The index of the first lone surrogate, or -1 where the text is well-formed. */
export function loneSurrogate(text: string): number {
  return text.search(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/)
}
