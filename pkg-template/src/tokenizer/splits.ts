// The steps that split a text before tokens are merged, as automata.

import { type Automaton, automatonOf, matchesAlways, matchesNothing, setsOf } from './automaton'
import { divide, inBlocks, mostClasses } from './classes'
import { type Expression, parse } from './expression'
import { word } from './properties'
import { pairsOf, type Ranges } from './ranges'
import { unsupported } from './refusal'

/** One step: what its expression matches is a piece, and so is what lies between. */
export interface Split {
  /** The field that it comes from. */
  field: string
  expression: string
  /** Whether what lies between is dropped; such a step is taken only where there never is anything. */
  dropsRest?: boolean
}

export interface Splits {
  index: Uint8Array
  blocks: Uint8Array
  automata: Automaton[]
}

const stableBit = 0x80
const wordBit = 0x40

/** Compiles the steps; `unstable` are the characters that normalizing may change. */
export function compile(splits: Split[], unstable: Ranges | undefined): Splits {
  const parsed = splits.map(({ field, expression }) => parse(expression, field))
  const sets = parsed.flatMap(setsOf)
  const { count, members, table } = divide(sets)
  if (count > mostClasses)
    throw unsupported('pre_tokenizer', `tells ${count} classes of characters apart, above ${mostClasses}`)
  const automata = parsed.map((expression, i) => compiled(splits[i] as Split, expression, sets, members, count))
  mark(table, wordBit, word())
  if (unstable) {
    for (let point = 0; point < table.length; point++) table[point] = (table[point] ?? 0) | stableBit
    for (const [start, end] of pairsOf(unstable)) {
      for (let point = start; point <= end; point++) table[point] = (table[point] ?? 0) & ~stableBit
    }
  }
  return { ...inBlocks(table), automata }
}

function mark(table: Uint8Array, bit: number, set: Ranges): void {
  for (const [start, end] of pairsOf(set)) {
    for (let point = start; point <= end; point++) table[point] = (table[point] ?? 0) | bit
  }
}

function compiled(split: Split, expression: Expression, sets: Ranges[], isIn: boolean[][], classes: number): Automaton {
  const { field, dropsRest } = split
  const automaton = automatonOf(expression, sets, isIn, classes)
  if (!automaton) throw unsupported(field, 'has an expression that takes more than 255 states')
  if (matchesNothing(automaton)) throw unsupported(field, 'has an expression that may match nothing')
  if (dropsRest && !matchesAlways(automaton)) throw unsupported(field, 'drops a part of the text')
  return automaton
}
