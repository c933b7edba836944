// What went wrong, said to a person, with a way on where there is one.

import { make } from './dom.js'
import { plural } from './format.js'

/** By code: a heading, and the way on as `[label, name of the action]`. */
const sayings = {
  budget_too_small: [
    'That budget is too small',
    ({ minimum }) => minimum && [`Use ${plural(minimum, 'token')}`, 'useMinimum'],
  ],
  unknown_model: ['That model is not known', ({ model }) => model && [`Back to ${model}`, 'useModel']],
  invalid_text: ['The text has a broken character', () => ['Replace it', 'mendText']],
  invalid_input: ['That input can’t be used', () => null],
  out_of_memory: ['There is not enough memory for that', () => null],
  package_missing: ['The package is missing', () => ['Load the page again', 'reload']],
  core_unavailable: ['The package could not be loaded', () => ['Try again', 'retry']],
  pack_unavailable: ['The vocabulary could not be loaded', () => ['Try again', 'retry']],
  file_too_large: ['That file is too large for a text field', () => null],
}
const otherwise = ['That did not work', () => ['Try again', 'retry']]

/** Gives the heading for a code. */
export const headingOf = (code) => (sayings[code] ?? otherwise)[0]

/** Makes the panel for `error`; `actions` are the ways on by name, and `model` the last one that worked. */
export function troublePanel(error, actions, model) {
  const code = error.code ?? 'internal'
  const [heading, wayOn] = sayings[code] ?? otherwise
  const way = wayOn({ minimum: error.minimum, model })
  return make(
    'div',
    { class: 'trouble', 'data-code': code },
    make('h3', { text: heading }),
    make('p', { class: 'facts', text: sentence(error.message) }),
    way
      ? make('button', {
          type: 'button',
          class: 'quiet strong',
          text: way[0],
          on: { click: () => actions[way[1]](error) },
        })
      : null,
    make('p', { class: 'facts' }, 'Code ', make('span', { class: 'code', text: code })),
  )
}

const sentence = (message) =>
  message ? `${message[0].toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}` : ''
