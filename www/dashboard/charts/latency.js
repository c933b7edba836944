import { milliseconds } from '../../page/format.js'
import { extremes } from './extremes.js'

/** Response time of optimizing: the median and the time that 95% stay below. */
export const latency = {
  id: 'latency',
  title: 'Response time',
  format: milliseconds,
  series: [
    { label: 'median', style: 'line', stroke: '--deep' },
    { label: '95%', style: 'line', stroke: '--caution', dash: [5, 4] },
  ],
  columns: (points) => [points.map(({ optimizeP50 }) => optimizeP50), points.map(({ optimizeP95 }) => optimizeP95)],
  headings: ['Median', '95%'],
  cells: ({ optimizeP50, optimizeP95 }) => [optimizeP50, optimizeP95].map(milliseconds),
  summary: (points) => `Response time: the median is ${extremes(points, 'optimizeP50', milliseconds)}`,
}
