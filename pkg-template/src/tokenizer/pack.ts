// Writes the pack that the core reads; src/tokenizer/own describes it.

import type { Automaton } from './automaton'
import { nfcTables, unstable } from './normal-form'
import { invalid, shown } from './refusal'
import { compile, type Split } from './splits'
import { type Merges, orderOf } from './vocabulary'

export interface AddedToken {
  id: number
  /** Its UTF-8, a character each. */
  bytes: string
  normalized: boolean
  special: boolean
  lstrip: boolean
  rstrip: boolean
  singleWord: boolean
}

/** A tokenizer as files of all kinds describe it. */
export interface Tokenizer {
  splits: Split[]
  nfc: boolean
  /** Whether a piece that is a token is not merged. */
  whole: boolean
  merges: Merges
  /** The id of each token of `merges`. */
  ids: number[]
  /** Tokens that no text has, for decoding. */
  unmapped: { id: number; bytes: string }[]
  added: AddedToken[]
}

interface Entry {
  id: number
  flags: number
  bytes: string
}

/** Makes the pack of a tokenizer. */
export function packOf({ splits, nfc, whole, merges, ids, unmapped, added }: Tokenizer): Uint8Array {
  const order = orderOf(merges)
  const { index, blocks, automata } = compile(splits, nfc ? unstable() : undefined)
  const inOrder = new Set(order.tokens)
  const others = ids.flatMap((id, token) =>
    inOrder.has(token) ? [] : [{ id, flags: 0, bytes: merges.bytes[token] ?? '' }],
  )
  const addedWhere = (normalized: boolean) => list(added.filter((one) => one.normalized === normalized).map(entryOf))
  const body = [
    Uint8Array.of((nfc ? 1 : 0) | (whole ? 2 : 0)),
    index,
    blocks,
    concat(automata.flatMap(automatonBytes)),
    planes(order.parts),
    numbers(order.order ?? []),
    numbers(order.tokens.map((token, place) => (ids[token] ?? 0) - place)),
    list(others),
    list(unmapped.map(({ id, bytes }) => ({ id, flags: 0, bytes }))),
    addedWhere(false),
    addedWhere(true),
    nfc ? nfcTables() : new Uint8Array(),
  ]
  return seal(concat(body.flatMap((section) => [numbers([section.length]), section])))
}

const entryOf = ({ id, bytes, special, lstrip, rstrip, singleWord }: AddedToken): Entry => {
  const flags = Number(special) | (Number(lstrip) << 1) | (Number(rstrip) << 2) | (Number(singleWord) << 3)
  return { id, flags, bytes }
}

const automatonBytes = ({ classes, states, firstMatch, next }: Automaton) => [
  Uint8Array.of(classes, states, firstMatch),
  next,
]

/** The single bytes, and the parts of what is merged as planes: low, middle and high bytes, left and then right. */
function planes(parts: [number, number][]): Uint8Array {
  const count = parts.length
  const bytes = new Uint8Array(256 + 6 * count)
  for (let byte = 0; byte < 256; byte++) bytes[byte] = byte
  parts.forEach((pair, i) => {
    for (const [side, part] of pair.entries()) {
      for (let plane = 0; plane < 3; plane++) bytes[256 + (3 * side + plane) * count + i] = part >> (8 * plane)
    }
  })
  return bytes
}

function list(entries: Entry[]): Uint8Array {
  entries.sort((a, b) => (a.bytes < b.bytes ? -1 : 1))
  const bytes: number[] = []
  for (const [i, { id, flags, bytes: token }] of entries.entries()) {
    if (entries[i - 1]?.bytes === token) throw invalid('the token', `with the id ${id} has the text of another one`)
    if (token.length > 0xffff) throw invalid('the token', `${shown(token)} is too long`)
    bytes.push(...numbers([id]), flags, token.length & 255, token.length >> 8)
    for (let at = 0; at < token.length; at++) bytes.push(token.charCodeAt(at))
  }
  return Uint8Array.from(bytes)
}

/** Four bytes each, the lowest first. */
export function numbers(values: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  values.forEach((value, i) => void view.setUint32(4 * i, value, true))
  return new Uint8Array(view.buffer)
}

export function concat(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const magic = [0x54, 0x54, 0x50, 0x4b]
const version = 2
const kind = 2

function seal(body: Uint8Array): Uint8Array {
  const sum = new DataView(new ArrayBuffer(8))
  sum.setBigUint64(0, checksum(body), true)
  return concat([Uint8Array.of(...magic, version, kind), new Uint8Array(sum.buffer), body])
}

/** As the core's pack.rs has it. */
function checksum(body: Uint8Array): bigint {
  const wide = (value: bigint) => BigInt.asUintN(64, value)
  const step = (sum: bigint, word: bigint) => wide((wide((sum << 23n) | (sum >> 41n)) ^ word) * 0x9e3779b97f4a7c15n)
  let sum = step(BigInt(kind), BigInt(body.length))
  const view = new DataView(body.buffer, body.byteOffset, body.length)
  const words = Math.floor(body.length / 8)
  for (let i = 0; i < words; i++) sum = step(sum, view.getBigUint64(8 * i, true))
  let rest = 0n
  for (const byte of body.subarray(8 * words)) rest = (rest << 8n) | BigInt(byte)
  sum = step(sum, rest)
  return sum ^ (sum >> 32n)
}
