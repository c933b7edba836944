// Tokens by form, tier and kind of content: a table whose rows are bars.

import { make } from '../page/dom.js'
import { absent, count, percent } from '../page/format.js'

const dimensions = [
  { field: 'byForm', title: 'By lossless form', none: 'No form was used.' },
  { field: 'byTier', title: 'By tier', none: 'Nothing was optimized.' },
  { field: 'byKind', title: 'By kind of content', none: 'Nothing was optimized.' },
]
const mostRows = 8

/** Shows the breakdowns of a report in `host`. */
export function showBreakdowns(host, report) {
  host.replaceChildren(...dimensions.map(({ field, title, none }) => breakdown(title, rowsOf(report[field]), none)))
}

const rowsOf = (rows = []) => rows.filter(({ before }) => before > 0).slice(0, mostRows)

function breakdown(title, rows, none) {
  const most = rows.reduce((most, { before }) => Math.max(most, before), 0)
  const head = make('h3', { text: title })
  if (rows.length === 0) return make('div', {}, head, make('p', { class: 'panel-note', text: none }))
  const columns = ['Name', 'Before', 'Sent', 'Saved'].map((text) => make('th', { scope: 'col', text }))
  return make(
    'div',
    {},
    head,
    make(
      'table',
      { class: 'plain-table breakdown' },
      make('caption', { class: 'unseen', text: `Tokens ${title.toLowerCase()}` }),
      make('thead', {}, make('tr', {}, ...columns)),
      make('tbody', {}, ...rows.map((row) => line(row, most))),
    ),
  )
}

function line({ name, before, after, savingsRate }, most) {
  const bar = make('span', { class: 'bar', 'aria-hidden': true }, make('span', { class: 'bar-sent' }))
  bar.style.width = `${(100 * before) / most}%`
  bar.firstChild.style.width = before ? `${Math.min((100 * after) / before, 100)}%` : '0'
  return make(
    'tr',
    {},
    make('th', { scope: 'row' }, make('span', { class: 'breakdown-name', text: name || absent, title: name }), bar),
    make('td', { text: count(before) }),
    make('td', { text: count(after) }),
    make('td', { text: percent(savingsRate) }),
  )
}
