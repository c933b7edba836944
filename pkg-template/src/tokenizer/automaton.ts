// Turns an expression into an automaton that finds what a backtracking engine would: of all matches at a place the one
// that comes first by the order of alternatives and the greed of quantifiers.
//
// A state is the row of places where the engine may be, the preferred first; what comes after a place that has matched is
// never reached. A match is told by the state *after* the character that follows it, so that one character of look-ahead
// is known by then.

import type { Expression } from './expression'
import type { Ranges } from './ranges'

/** A place in an expression. */
type Place =
  | { kind: 'set'; set: number; next: number }
  | { kind: 'ahead'; set: number; end: boolean; next: number }
  | { kind: 'either'; next: number[] }
  | { kind: 'match' }

export interface Automaton {
  classes: number
  states: number
  firstMatch: number
  /** For each state, the next for each class and for the end. */
  next: Uint8Array
}

/** All sets that an expression asks for. */
export function setsOf(expression: Expression): Ranges[] {
  if (expression.kind === 'set' || expression.kind === 'ahead') return [expression.set]
  return expression.kind === 'repeat' ? setsOf(expression.of) : expression.of.flatMap(setsOf)
}

/** The most states that a byte can name. */
const mostStates = 255

/** `isIn` tells whether a class is in a set, by the set's place in `sets`; `undefined` where the automaton has too many states. */
export function automatonOf(
  expression: Expression,
  sets: Ranges[],
  isIn: boolean[][],
  classes: number,
): Automaton | undefined {
  const { places, start } = placesOf(expression, sets)
  const steps = new Steps(places, isIn, classes)
  const dead = { row: [], matched: false }
  const states: State[] = [dead, { row: steps.reach([start]), matched: false }]
  const known = new Map(states.map((state, i) => [keyOf(state), i]))
  const transitions: number[][] = []
  for (let i = 0; i < states.length; i++) {
    const { row } = states[i] as State
    transitions.push(
      Array.from({ length: classes + 1 }, (_, symbol) => {
        const state = steps.step(row, symbol)
        const key = keyOf(state)
        const at = known.get(key) ?? states.length
        if (at === states.length) known.set(key, states.push(state) - 1)
        return at
      }),
    )
    if (states.length > mostStates) return undefined
  }
  return numbered(states, transitions, classes)
}

interface State {
  row: number[]
  /** Whether a match ended before the character that led here. */
  matched: boolean
}

const keyOf = ({ row, matched }: State) => `${row.join()}${matched ? '!' : ''}`

/** Gives the states that tell of a match the highest numbers. */
function numbered(states: State[], transitions: number[][], classes: number): Automaton {
  const order = [...states.keys()].sort((a, b) => Number(states[a]?.matched) - Number(states[b]?.matched) || a - b)
  const numbers = new Map(order.map((state, number) => [state, number]))
  const next = order.flatMap((state) => (transitions[state] ?? []).map((to) => numbers.get(to) ?? 0))
  const firstMatch = states.filter(({ matched }) => !matched).length
  return { classes, states: states.length, firstMatch, next: Uint8Array.from(next) }
}

function placesOf(expression: Expression, sets: Ranges[]): { places: Place[]; start: number } {
  const places: Place[] = [{ kind: 'match' }]
  const add = (place: Place) => places.push(place) - 1
  /** The place before `expression` when `next` comes after it. */
  const before = (expression: Expression, next: number): number => {
    switch (expression.kind) {
      case 'set':
        return add({ kind: 'set', set: sets.indexOf(expression.set), next })
      case 'ahead':
        return add({ kind: 'ahead', set: sets.indexOf(expression.set), end: expression.end, next })
      case 'row':
        return expression.of.reduceRight((next, one) => before(one, next), next)
      case 'either':
        return add({ kind: 'either', next: expression.of.map((one) => before(one, next)) })
      case 'repeat':
        return repeated(expression, next)
    }
  }
  const repeated = ({ of, least, most, greedy }: Expression & { kind: 'repeat' }, next: number): number => {
    const choice = (again: number) => (greedy ? [again, next] : [next, again])
    let at = next
    if (most === Number.POSITIVE_INFINITY) {
      const loop: Place & { kind: 'either' } = { kind: 'either', next: [] }
      at = add(loop)
      loop.next = choice(before(of, at))
    } else {
      for (let i = least; i < most; i++) at = add({ kind: 'either', next: choice(before(of, at)) })
    }
    for (let i = 0; i < least; i++) at = before(of, at)
    return at
  }
  const start = before(expression, 0)
  return { places, start }
}

class Steps {
  constructor(
    readonly places: Place[],
    readonly isIn: boolean[][],
    readonly end: number,
  ) {}

  /** The places that are reached from `starts` without a character, preferred ones first. */
  reach(starts: number[], symbol?: number): number[] {
    const seen = new Set<number>()
    const row: number[] = []
    const visit = (at: number) => {
      if (seen.has(at)) return
      seen.add(at)
      const place = this.places[at] as Place
      if (place.kind === 'either') place.next.forEach(visit)
      else if (place.kind !== 'ahead' || symbol === undefined) row.push(at)
      else if (symbol === this.end ? place.end : this.isIn[place.set]?.[symbol]) visit(place.next)
    }
    starts.forEach(visit)
    return row
  }

  step(row: number[], symbol: number): State {
    const next: number[] = []
    for (const at of this.reach(row, symbol)) {
      const place = this.places[at]
      if (place?.kind === 'match') return { row: this.reach(next), matched: true }
      if (place?.kind === 'set' && this.isIn[place.set]?.[symbol]) next.push(place.next)
    }
    return { row: this.reach(next), matched: false }
  }
}

const startState = 1

/** Whether it may match nothing at all. */
export const matchesNothing = ({ classes, firstMatch, next }: Automaton) =>
  next.subarray(startState * (classes + 1), (startState + 1) * (classes + 1)).some((state) => state >= firstMatch)

/** Whether it matches something wherever a text goes on. */
export function matchesAlways({ classes, firstMatch, next }: Automaton): boolean {
  const open = [startState]
  const seen = new Set(open)
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    // At the start there is a character; after it the text may end.
    const symbols = state === startState ? classes : classes + 1
    for (let symbol = 0; symbol < symbols; symbol++) {
      const to = next[state * (classes + 1) + symbol] ?? 0
      if (to >= firstMatch) continue
      if (to === 0 || symbol === classes) return false
      if (!seen.has(to)) open.push(to)
      seen.add(to)
    }
  }
  return true
}
