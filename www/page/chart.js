// Tokens an hour, before and after. An hour without records has no bar: absence is not zero.

import { makeSvg } from './dom.js'
import { count, hour, shortCount } from './format.js'

const height = 184
const edge = { top: 10, bottom: 22, left: 40, right: 4 }
// Half of each reads well too, which is where the second line goes.
const steps = [1, 2, 3, 4, 5, 6, 8, 10]

/** Maps a series to bars in pixels: `{ bars, ticks, base }`, with null for an hour that has nothing. */
export function layout(series, width) {
  const top = ceiling(Math.max(0, ...series.map(({ before }) => before ?? 0)))
  const base = height - edge.bottom
  const slot = (width - edge.left - edge.right) / Math.max(series.length, 1)
  const y = (tokens) => base - (tokens / top) * (base - edge.top)
  const bars = series.map(({ start, before, after }, index) => ({
    start,
    x: edge.left + index * slot + slot * 0.15,
    width: slot * 0.7,
    before: before === null ? null : { tokens: before, y: y(before) },
    after: after === null ? null : { tokens: after, y: y(after) },
  }))
  return { bars, ticks: [top / 2, top].map((tokens) => ({ tokens, y: y(tokens) })), base }
}

/** The next round number above, so that the scale reads well. */
export function ceiling(most) {
  if (most <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(most))
  return power * (steps.find((step) => step * power >= most) ?? 10)
}

/** Draws the series at a width in pixels. */
export function draw(series, width) {
  const { bars, ticks, base } = layout(series, width)
  const every = Math.ceil(bars.length / Math.max(Math.floor(width / 90), 2))
  return makeSvg(
    'svg',
    { class: 'bars', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': summary(series) },
    ...ticks.flatMap(({ tokens, y }) => [
      line('bar-grid', edge.left, width - edge.right, y),
      makeSvg('text', {
        class: 'bar-label',
        x: edge.left - 6,
        y: y + 4,
        'text-anchor': 'end',
        text: shortCount(tokens),
      }),
    ]),
    line('bar-base', edge.left, width - edge.right, base),
    ...bars.map((bar) => column(bar, base)),
    ...bars
      .filter((_, index) => index % every === 0)
      .map(({ start, x, width: wide }) =>
        makeSvg('text', {
          class: 'bar-label',
          x: x + wide / 2,
          y: height - 6,
          'text-anchor': 'middle',
          text: hour(start),
        }),
      ),
  )
}

function column({ start, x, width, before, after }, base) {
  if (!before || !after) return line('bar-none', x, x + width, base - 4)
  const from = Math.min(before.y, after.y)
  return makeSvg(
    'g',
    {},
    makeSvg('title', { text: `${hour(start)}: ${count(before.tokens)} tokens before, ${count(after.tokens)} after` }),
    makeSvg('rect', { class: 'bar-saved', x, width, y: from, height: Math.max(base - from, 0) }),
    makeSvg('rect', { class: 'bar-after', x, width, y: after.y, height: Math.max(base - after.y, 0) }),
  )
}

const line = (name, x1, x2, y) => makeSvg('line', { class: name, x1, x2, y1: y, y2: y })

function summary(series) {
  const measured = series.filter(({ before }) => before !== null)
  const sum = (field) => measured.reduce((total, point) => total + point[field], 0)
  const hours = `${measured.length} of ${series.length} hours have records`
  return `Tokens an hour: ${hours}, ${count(sum('before'))} tokens before and ${count(sum('after'))} after. The table below has each hour.`
}
