// The true tokens of pieces, by the reference.
import { get_encoding } from 'tiktoken'

const encoders = new Map()
const encoderOf = (name) => encoders.get(name) ?? encoders.set(name, get_encoding(name)).get(name)

const remembered = (of) => {
  const known = new Map()
  return (key) => {
    if (!known.has(key)) known.set(key, of(key))
    return known.get(key)
  }
}

/** Returns a function that counts the tokens of one piece in the encoding `name`. */
export const counterOf = (name) => remembered((piece) => encoderOf(name).encode(piece, [], []).length)

const lengthOf = remembered((id) => encoderOf('o200k_base').decode_single_token_bytes(id).length)

/** How many tokens of o200k_base start in each character of `piece`. */
export function startsIn(piece, bytesOf) {
  const ids = encoderOf('o200k_base').encode(piece, [], [])
  const starts = []
  let [end, start, token] = [0, 0, 0]
  for (const each of piece) {
    end += bytesOf(each.codePointAt(0))
    let count = 0
    for (; start < end && token < ids.length; count++) start += lengthOf(ids[token++])
    starts.push(count)
  }
  return starts
}
