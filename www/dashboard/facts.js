// What was spent and saved, and what that comes to at this pace, with the assumption beside it.

import { make } from '../page/dom.js'
import { absent, money, plural } from '../page/format.js'

/** Shows the dollars of a report in `host`, a list of terms. */
export function showFacts(host, { cost, projection, usage }) {
  const rows = [
    ['Spent', money(cost.spent), spentNote(cost)],
    ['Saved, gross', money(cost.savedGross), 'tokens saved, at the input price'],
    ['Lost cache discount', money(cost.lostDiscount), lostNote(cost)],
    [
      'Saved, net',
      money(cost.savedNet),
      cost.savedNet === null ? 'needs calls reported with cacheReadBefore' : 'gross less the lost discount',
    ],
    [
      'Return',
      cost.roi === null ? absent : `${money(cost.roi)} a dollar`,
      'saved for each dollar that calls cost; nothing else is counted',
    ],
    ['Cached input', cachedShare(usage), 'read from the provider’s cache'],
    ...pace(projection),
  ]
  host.replaceChildren(
    ...rows.map(([name, value, note]) =>
      make(
        'div',
        {},
        make('dt', { text: name }),
        make('dd', { text: value }),
        make('dd', { class: 'hint', text: note }),
      ),
    ),
  )
}

function spentNote({ spent, pricedCalls, unpricedCalls, unpricedModels }) {
  const priced = spent === null ? 'no call has a price' : `of ${plural(pricedCalls, 'priced call')}`
  if (unpricedCalls === 0) return priced
  return `${priced}; ${plural(unpricedCalls, 'call')} unpriced (${unpricedModels.join(', ') || 'no model named'})`
}

const lostNote = ({ lostSamples }) =>
  lostSamples > 0 ? `of ${plural(lostSamples, 'call')} that say so` : 'no call says what its cache would have read'

const cachedShare = ({ inputTokens, cacheRead }) =>
  inputTokens > 0 ? `${Math.round((100 * cacheRead) / inputTokens)}%` : absent

function pace(projection) {
  if (!projection) return []
  const { perMonth, perYear, savedPerMonth, savedPerYear, savedBasis, assumption } = projection
  return [
    ['At this pace', `${money(perMonth)} a month`, `${money(perYear)} a year`],
    [
      'Saved at this pace',
      `${money(savedPerMonth)} a month`,
      `${money(savedPerYear)} a year, ${savedBasis}: ${assumption}`,
    ],
  ]
}
