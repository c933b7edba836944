// Properties of code points by the names that regular expressions have for them; Unicode 16.0.0.

import { fromBase64 } from '../base64'
import { complement, of, type Ranges, union } from './ranges'
import { categories, han } from './unicode'

/** The general categories, in the order of their numbers in the table. */
const names = 'Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co Cn'.split(' ')

let table: Map<string, number[]> | undefined

/** A number of seven bits a byte, the lowest first, the high bit set in all but the last. */
export class Varints {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(base64: string) {
    this.#bytes = fromBase64(base64)
  }

  get isEmpty(): boolean {
    return this.#at === this.#bytes.length
  }

  next(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
}

function read(): Map<string, number[]> {
  const read = new Map(names.map((name): [string, number[]] => [name, []]))
  const runs = new Varints(categories)
  for (let from = 0; !runs.isEmpty; ) {
    const name = names[runs.next()] ?? ''
    const end = from + runs.next()
    read.get(name)?.push(from, end)
    from = end + 1
  }
  return read
}

/** The code points with a property: a general category or a group of them, or `Han`; `undefined` for any other. */
export function property(name: string): Ranges | undefined {
  table ??= read()
  const key = name.replace(/^(gc|General_Category|sc|Script)=/, '')
  if (key === 'Han') return listed(han)
  const found = names.filter((category) => category === key || (key.length === 1 && category[0] === key))
  return found.length > 0 ? union(...found.map((category) => table?.get(category) ?? [])) : undefined
}

function listed(base64: string): Ranges {
  const gaps = new Varints(base64)
  const ranges: number[] = []
  for (let at = 0; !gaps.isEmpty; ) ranges.push((at += gaps.next()))
  return ranges
}

/** A property that there is. */
const known = (name: string): Ranges => property(name) ?? []

/** White space as Unicode has it, and not JavaScript. */
export const space = () => union(known('Z'), of('\t\n\v\f\r\u0085'))

/** Characters of words: `\w` as Unicode's recommendation for regular expressions has it. */
export const word = () =>
  union(known('L'), known('M'), known('Nd'), known('Nl'), known('Pc'), [0x200c, 0x200d], enclosed)

/** Letters in circles and squares, which are symbols by category and alphabetic all the same. */
const enclosed: Ranges = [0x24b6, 0x24e9, 0x1f130, 0x1f149, 0x1f150, 0x1f169, 0x1f170, 0x1f189]

export const escapes: Record<string, () => Ranges> = {
  s: space,
  S: () => complement(space()),
  d: () => known('Nd'),
  D: () => complement(known('Nd')),
  w: word,
  W: () => complement(word()),
}
