import { percent } from '../../page/format.js'
import { extremes } from './extremes.js'

/** The share of tokens saved, and of look-ups that the cache answered. */
export const rates = {
  id: 'rates',
  title: 'Savings rate and cache hits',
  format: percent,
  series: [
    { label: 'saved', style: 'line', stroke: '--deep' },
    { label: 'hits', style: 'line', stroke: '--good', dash: [5, 4] },
  ],
  columns: (points) => [points.map(({ savingsRate }) => savingsRate), points.map(({ hitRate }) => hitRate)],
  headings: ['Saved', 'Cache hits', 'Errors'],
  cells: ({ savingsRate, hitRate, errorRate }) => [savingsRate, hitRate, errorRate].map(percent),
  summary: (points) => `Savings rate: ${extremes(points, 'savingsRate', percent)}`,
}
