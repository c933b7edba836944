import { absent, count, shortCount } from '../../page/format.js'

const saved = ({ before, after }) => (before === null || after === null ? null : before - after)

/** Tokens sent and saved. The bar of what came lies behind the bar of what went out. */
export const tokens = {
  id: 'tokens',
  title: 'Tokens',
  brush: true,
  format: shortCount,
  series: [
    { label: 'before', style: 'bars', fill: '--caution-wash', stroke: '--caution-line' },
    { label: 'sent', style: 'bars', fill: '--kept' },
  ],
  columns: (points) => [points.map(({ before }) => before), points.map(({ after }) => after)],
  headings: ['Before', 'Sent', 'Saved', 'Model input', 'Model output'],
  cells: (point) => [point.before, point.after, saved(point), point.inputTokens, point.outputTokens].map(count),
  summary(points) {
    const measured = points.filter(({ before }) => before !== null)
    const sum = (field) => measured.reduce((total, point) => total + point[field], 0)
    if (measured.length === 0) return `Tokens: nothing measured in ${points.length} steps (${absent})`
    return `Tokens: ${count(sum('before'))} before and ${count(sum('after'))} sent, in ${measured.length} of ${points.length} steps`
  },
}
