// Reads a regular expression: as much of it as an automaton can do, in the syntax that tokenizer files use.

import { escapes, property } from './properties'
import { anything, complement, intersection, of, one, type Ranges, union } from './ranges'
import { shown, unsupported } from './refusal'

export type Expression =
  | { kind: 'set'; set: Ranges }
  | { kind: 'row'; of: Expression[] }
  | { kind: 'either'; of: Expression[] }
  | { kind: 'repeat'; of: Expression; least: number; most: number; greedy: boolean }
  /** What the next character has to be, or that there is none. */
  | { kind: 'ahead'; set: Ranges; end: boolean }

const controls: Record<string, string> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', e: '\x1b', a: '\x07', 0: '\0' }
/** What matches in any case beside its two forms: the long s, and the Kelvin sign. */
const folds: Record<string, string> = { s: 'ſ', k: '\u212a' }

/** Reads `source`; throws `unsupported_tokenizer`, naming `field`, for what an automaton can't do or a reader may take otherwise. */
export function parse(source: string, field: string): Expression {
  return new Parser(source, field).all()
}

class Parser {
  readonly #chars: string[]
  readonly #field: string
  #at = 0
  #anyCase = false

  constructor(source: string, field: string) {
    this.#chars = [...source]
    this.#field = field
  }

  all(): Expression {
    const whole = this.#either()
    if (this.#at < this.#chars.length) throw this.#refusal('an unmatched )')
    return whole
  }

  #refusal(what: string): Error {
    const source = shown(this.#chars.join(''))
    return unsupported(this.#field, `has ${what} in the expression ${source} (character ${this.#at})`)
  }

  #peek(text: string): boolean {
    return this.#chars.slice(this.#at, this.#at + text.length).join('') === text
  }

  #skip(text: string): boolean {
    const found = this.#peek(text)
    if (found) this.#at += text.length
    return found
  }

  #next(): string {
    const char = this.#chars[this.#at++]
    if (char === undefined) throw this.#refusal('no end')
    return char
  }

  #either(): Expression {
    const of = [this.#row()]
    while (this.#skip('|')) of.push(this.#row())
    return of.length === 1 && of[0] ? of[0] : { kind: 'either', of }
  }

  #row(): Expression {
    const row: Expression[] = []
    const possessive: number[] = []
    while (this.#at < this.#chars.length && !this.#peek('|') && !this.#peek(')')) {
      const { expression, isPossessive } = this.#repeated(this.#atom())
      if (isPossessive) possessive.push(row.length)
      row.push(expression)
    }
    // What is possessive gives nothing back. Where what follows can't begin with what it took, neither would it otherwise.
    for (const at of possessive) {
      const rest = row.slice(at + 1)
      const taken = firsts([row[at] as Expression]).set
      const follows = firsts(rest)
      const isHarmless = rest.length === 0 || (!follows.empty && intersection(taken, follows.set).length === 0)
      if (!isHarmless) throw this.#refusal('a possessive quantifier before what it may take')
    }
    return row.length === 1 && row[0] ? row[0] : { kind: 'row', of: row }
  }

  #repeated(atom: Expression): { expression: Expression; isPossessive: boolean } {
    const bounds = this.#bounds()
    if (!bounds) return { expression: atom, isPossessive: false }
    if (atom.kind === 'ahead') throw this.#refusal('a repeated look-ahead')
    const greedy = !this.#skip('?')
    const isPossessive = greedy && this.#skip('+')
    if (this.#bounds()) throw this.#refusal('a quantifier of a quantifier')
    return { expression: { kind: 'repeat', of: atom, ...bounds, greedy }, isPossessive }
  }

  #bounds(): { least: number; most: number } | undefined {
    if (this.#skip('?')) return { least: 0, most: 1 }
    if (this.#skip('*')) return { least: 0, most: Number.POSITIVE_INFINITY }
    if (this.#skip('+')) return { least: 1, most: Number.POSITIVE_INFINITY }
    if (!this.#peek('{')) return undefined
    const found = /^\{(\d{1,2})(,(\d{0,2}))?\}/.exec(this.#chars.slice(this.#at, this.#at + 8).join(''))
    if (!found) throw this.#refusal('a { that is no quantifier, or one above 99')
    this.#at += found[0].length
    const least = Number(found[1])
    return { least, most: found[2] ? (found[3] ? Number(found[3]) : Number.POSITIVE_INFINITY) : least }
  }

  #atom(): Expression {
    const char = this.#next()
    if (char === '(') return this.#group()
    if (char === '[') return { kind: 'set', set: this.#set() }
    if (char === '.') return { kind: 'set', set: complement(one(10)) }
    if (char === '\\') return this.#peek('z') ? this.#theEnd() : { kind: 'set', set: this.#escape(true) }
    if ('^$*+?{'.includes(char)) throw this.#refusal(`${shown(char)}, which engines read in different ways,`)
    return { kind: 'set', set: this.#literal(char) }
  }

  #theEnd(): Expression {
    this.#at++
    return { kind: 'ahead', set: [], end: true }
  }

  #literal(char: string): Ranges {
    if (!this.#anyCase) return of(char)
    if (char > '\x7f') throw this.#refusal(`${shown(char)} in any case`)
    const lower = char.toLowerCase()
    return of(lower + char.toUpperCase() + (folds[lower] ?? ''))
  }

  #group(): Expression {
    if (this.#skip('?!') || this.#skip('?=')) return this.#ahead(this.#chars[this.#at - 1] === '!')
    const outside = this.#anyCase
    if (this.#skip('?i:')) this.#anyCase = true
    else if (!this.#skip('?:') && this.#peek('?')) throw this.#refusal('a kind of group that is not supported')
    const inside = this.#either()
    if (!this.#skip(')')) throw this.#refusal('an unmatched (')
    this.#anyCase = outside
    return inside
  }

  #ahead(isNegative: boolean): Expression {
    const inside = this.#either()
    if (!this.#skip(')')) throw this.#refusal('an unmatched (')
    if (inside.kind !== 'set') throw this.#refusal('a look-ahead of more than one character')
    return { kind: 'ahead', set: isNegative ? complement(inside.set) : inside.set, end: isNegative }
  }

  /** After `[`. */
  #set(): Ranges {
    const isNegative = this.#skip('^')
    let set: Ranges = []
    let both: Ranges = anything
    for (let first = true; first || !this.#skip(']'); first = false) {
      if (this.#skip('&&')) {
        both = intersection(both, set)
        set = []
      } else set = union(set, this.#member())
    }
    const found = intersection(both, set)
    return isNegative ? complement(found) : found
  }

  #member(): Ranges {
    const char = this.#next()
    if (char === '[') {
      if (this.#peek(':')) throw this.#refusal('a POSIX bracket')
      return this.#set()
    }
    const from = char === '\\' ? this.#escape(false) : of(char)
    const isRange = this.#peek('-') && this.#chars[this.#at + 1] !== ']'
    if (!isRange) return this.#cased(from)
    this.#at++
    const end = this.#next()
    const to = end === '\\' ? this.#escape(false) : of(end)
    const [low, high] = [from[0] ?? 0, to[1] ?? 0]
    if (from[1] !== low || to[0] !== high || low > high) throw this.#refusal('a range that is none')
    return this.#cased([low, high])
  }

  #cased(set: Ranges): Ranges {
    if (this.#anyCase) throw this.#refusal('a set in any case')
    return set
  }

  /** After a backslash. */
  #escape(isAlone: boolean): Ranges {
    const char = this.#next()
    if (char === 'p' || char === 'P') return this.#property(char === 'P')
    const named = escapes[char]
    if (named) return named()
    if (char === 'x' || char === 'u') return this.#code(char === 'x' ? 2 : 4)
    const control = controls[char]
    if (control !== undefined) return of(control)
    if (/[A-Za-z0-9]/.test(char)) throw this.#refusal(`\\${char}`)
    return isAlone ? this.#literal(char) : of(char)
  }

  #code(digits: number): Ranges {
    const rest = this.#chars.slice(this.#at, this.#at + 10).join('')
    const found = /^\{([\da-f]{1,6})\}/i.exec(rest) ?? new RegExp(`^([\\da-f]{${digits}})`, 'i').exec(rest)
    const point = Number.parseInt(found?.[1] ?? '', 16)
    if (!found || point > 0x10ffff) throw this.#refusal('a code that is none')
    this.#at += found[0].length
    return one(point)
  }

  #property(isNegative: boolean): Ranges {
    let name = this.#next()
    if (name === '{') {
      name = ''
      while (!this.#skip('}')) name += this.#next()
    }
    const flipped = name.startsWith('^')
    const found = property(flipped ? name.slice(1) : name)
    if (!found) throw this.#refusal(`the property ${shown(name)}`)
    return isNegative !== flipped ? complement(found) : found
  }
}

/** What a row may begin with, and whether it may be nothing at all. */
function firsts(row: Expression[]): { set: Ranges; empty: boolean } {
  let set: Ranges = []
  for (const expression of row) {
    const first = firstOf(expression)
    set = union(set, first.set)
    if (!first.empty) return { set, empty: false }
  }
  return { set, empty: true }
}

function firstOf(expression: Expression): { set: Ranges; empty: boolean } {
  switch (expression.kind) {
    case 'set':
      return { set: expression.set, empty: false }
    case 'row':
      return firsts(expression.of)
    case 'either': {
      const all = expression.of.map(firstOf)
      return { set: union(...all.map(({ set }) => set)), empty: all.some(({ empty }) => empty) }
    }
    case 'repeat': {
      const { set, empty } = firstOf(expression.of)
      return { set, empty: empty || expression.least === 0 }
    }
    case 'ahead':
      return { set: [], empty: true }
  }
}
