import { milliseconds } from '../../page/format.js'
import { extremes } from './extremes.js'

/** Response time of optimizing: the median and the time that 95% stay below. */
export const latency = {
  id: 'latency',
  title: 'Response time',
  of: 'own',
  format: milliseconds,
  series: [
    { label: 'median', style: 'line', stroke: '--deep' },
    { label: '95%', style: 'line', stroke: '--caution', dash: [5, 4] },
  ],
  columns: (points) => [points.map(({ p50 }) => p50), points.map(({ p95 }) => p95)],
  headings: ['Median', '95%'],
  cells: ({ p50, p95 }) => [p50, p95].map(milliseconds),
  summary: (points) => `Response time: the median is ${extremes(points, 'p50', milliseconds)}`,
}
