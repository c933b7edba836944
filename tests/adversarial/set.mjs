// The adversarial set, as `cargo run --example adversarial -- target/adversarial.bin` writes it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { target } from '../../scripts/paths.mjs'

export const setFile = join(target, 'adversarial.bin')

/** The encodings, in the order of the file. */
export const encodings = ['o200k_base', 'o200k_harmony', 'cl100k_base', 'p50k_base', 'r50k_base']

const groups = ['texts', 'units', 'megabytes']

/** Reads the set, or some groups of it: each is a list of `{ text, ids }`; `ids[encoding]` may be undefined. */
export function readSet(wanted = groups) {
  if (!existsSync(setFile))
    throw new Error('no set: cargo run --example adversarial -- target/adversarial.bin makes it')
  const next = numbers(readFileSync(setFile))
  // Reading is forwards only, and the megabytes stand at the end.
  return Object.fromEntries(groups.map((group) => [group, readGroup(next)]).filter(([group]) => wanted.includes(group)))
}

const readGroup = (next) => Array.from({ length: next() }, () => ({ text: readText(next), ids: readIds(next) }))

function readText(next) {
  const units = Uint16Array.from({ length: next() }, next)
  let text = ''
  for (let at = 0; at < units.length; at += 8192) text += String.fromCharCode(...units.subarray(at, at + 8192))
  return text
}

function readIds(next) {
  const ids = {}
  let before
  for (const encoding of encodings) {
    const code = next()
    if (code === 1) before = undefined
    else if (code > 1) before = Uint32Array.from({ length: code - 2 }, next)
    ids[encoding] = before
  }
  return ids
}

/** LEB128 numbers, one after the other. */
function numbers(bytes) {
  let at = 0
  return () => {
    let number = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]
      number |= (byte & 0x7f) << shift
      if (byte < 0x80) return number
    }
  }
}

/** `text` with U+FFFD for each lone surrogate, which is what its UTF-8 holds. */
export const wellFormed = (text) =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')

/** Says whether two lists of ids are the same. */
export const sameIds = (a, b) => a.length === b.length && a.every((id, index) => id === b[index])
