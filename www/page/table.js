import { make } from './dom.js'

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
