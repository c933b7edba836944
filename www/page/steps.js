import { byId, make } from './dom.js'
import { count, milliseconds, plural } from './format.js'

/** Shows why this tier, and each step and form with what it saved. */
export function showSteps(result) {
  const { steps, forms, reason, kept } = result.stats
  byId('steps').replaceChildren(
    make(
      'p',
      { class: 'reason' },
      make('strong', { text: result.tier }),
      ` – ${reason}. ${kept.of > 0 ? `${count(kept.units)} of ${plural(kept.of, 'unit')} kept.` : ''}`,
    ),
    ...(steps.length > 0
      ? [
          table(
            'Steps',
            ['Step', 'Tokens saved', 'Time'],
            steps.map(({ step, saved, ms }) => [step, count(saved), milliseconds(ms)]),
          ),
        ]
      : []),
    ...(forms.length > 0
      ? [
          table(
            'Lossless forms',
            ['Form', 'Before', 'After'],
            forms.map(({ form, before, after }) => [form, count(before), count(after)]),
          ),
        ]
      : []),
  )
}

/** Makes a table with one heading a column and one a row. */
export function table(caption, columns, rows) {
  return make(
    'table',
    { class: 'plain-table' },
    make('caption', { class: 'unseen', text: caption }),
    make('thead', {}, make('tr', {}, ...columns.map((text) => make('th', { scope: 'col', text })))),
    make('tbody', {}, ...rows.map(row)),
  )
}

const row = ([first, ...rest]) =>
  make('tr', {}, make('th', { scope: 'row', text: first }), ...rest.map((text) => make('td', { text })))
