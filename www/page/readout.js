import { byId, make } from './dom.js'
import { absent, count, milliseconds, money, percent } from './format.js'

const calls = 1000

/** Shows what a run came to. */
export function showReadout({ tokens, stats }, ms, price) {
  change('tokens', count(tokens.before), count(tokens.after))
  put('saved', percent(stats.savings))
  if (price === null) put('cost', 'unpriced')
  else change('cost', money(tokens.before * price * calls), money(tokens.after * price * calls))
  put('time', milliseconds(ms))
  put('restores', 'checking…')
}

/** Shows whether the source came back. */
export function showRestored(exact) {
  put('restores', exact ? 'yes' : 'no', exact ? 'yes' : 'no')
}

/** Shows that there is nothing to say. */
export function clearReadout() {
  for (const name of ['tokens', 'saved', 'cost', 'time', 'restores']) put(name, absent)
}

function put(name, text, className = '') {
  byId(`out-${name}`).replaceChildren(make('span', { class: className || null, text }))
}

function change(name, before, after) {
  byId(`out-${name}`).replaceChildren(make('span', { class: 'was', text: `${before} → ` }), after)
}
