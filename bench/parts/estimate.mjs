// How far estimates are from the exact count: trimtab's, which needs no vocabulary, and tokenx's.
import { estimateTokenCount } from 'tokenx'
import * as api from '../../pkg/index.js'
import { slicesOf } from '../measure.mjs'
import { short, table } from '../report.mjs'

const length = 2_000

export async function estimate({ corpora }) {
  const trimtab = await api.createTrimtab({ encoding: 'o200k_base', store: 'memory' })
  const estimators = { tokenx: estimateTokenCount }
  if (api.estimate) estimators.trimtab = (text) => api.estimate(text, 'gpt-5').tokens
  else console.log('\nestimate: trimtab has none yet')
  const figures = {}
  for (const [kind, text] of Object.entries(await corpora())) {
    const exact = slicesOf(text, length).map((slice) => ({ slice, tokens: trimtab.count(slice) }))
    const errorOf = (of) => exact.reduce((sum, { slice, tokens }) => sum + Math.abs(of(slice) - tokens) / tokens, 0)
    figures[kind] = Object.fromEntries(
      Object.entries(estimators).map(([name, of]) => [name, (100 * errorOf(of)) / exact.length]),
    )
  }
  const names = Object.keys(estimators)
  table(
    `Estimates: mean absolute error in %, slices of ${length} characters, against the exact count in o200k_base`,
    ['', ...names],
    [...Object.entries(figures).map(([kind, row]) => [kind, ...names.map((name) => short(row[name]))])],
  )
  return figures
}
