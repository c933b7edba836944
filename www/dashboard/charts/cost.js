import { money } from '../../page/format.js'
import { extremes } from './extremes.js'

const field = (name) => (points) => points.map((point) => point[name] ?? null)

/** Dollars spent and saved. What has no price has no bar. */
export const cost = {
  id: 'cost',
  title: 'Cost',
  format: money,
  series: [
    { label: 'spent', style: 'bars', fill: '--kept' },
    { label: 'saved', style: 'line', stroke: '--caution' },
  ],
  columns: (points) => [field('cost')(points), field('savedGross')(points)],
  headings: ['Spent', 'Saved, gross'],
  cells: ({ cost, savedGross }) => [cost, savedGross].map(money),
  summary: (points) => `Cost: spent ${extremes(points, 'cost', money)}`,
}
