// The key figures, each beside the target that the reader sets.

import { make } from '../page/dom.js'
import { absent, count, milliseconds, money, percent, plural } from '../page/format.js'
import { Kept } from './kept.js'

/** Every key figure: `read` gives its value or null, `more` says whether more is better, `target` is the first one. */
const kpis = [
  {
    id: 'reduction',
    title: 'Token reduction',
    read: ({ tokens }) => tokens.savingsRate,
    format: percent,
    note: ({ tokens }) => `${count(tokens.saved)} saved in ${plural(tokens.samples, 'prompt')}`,
    more: true,
    target: 0.5,
  },
  {
    id: 'hits',
    title: 'Cache hits',
    read: ({ cache }) => cache.hitRate,
    format: percent,
    note: ({ cache }) => `${count(cache.hits)} of ${plural(cache.lookups, 'look-up')}`,
    more: true,
    target: 0.3,
  },
  {
    id: 'latency',
    title: 'Response time',
    read: ({ optimizeLatency }) => optimizeLatency.p95,
    format: milliseconds,
    note: ({ optimizeLatency }) => `95 % are faster; median ${milliseconds(optimizeLatency.p50)}`,
    more: false,
    target: 50,
  },
  {
    id: 'health',
    title: 'Health',
    read: ({ errorRate }) => (errorRate === null ? null : 1 - errorRate),
    format: percent,
    note: ({ errors, operations, health }) =>
      `${health.status}: ${errors ? plural(errors, 'error') : 'no error'} in ${plural(operations, 'operation')}`,
    more: true,
    target: 0.99,
  },
  {
    id: 'savings',
    title: 'Saved',
    read: ({ cost }) => cost.savedNet ?? cost.savedGross,
    format: money,
    note: ({ cost }) => savedNote(cost),
    more: true,
    target: 1,
  },
]

/** Says what the dollars are net of, and of how many prompts. */
function savedNote({ savedNet, savedGross, savedSamples }) {
  if (savedGross === null) return 'unpriced: no price is known'
  const of = `of ${plural(savedSamples, 'prompt')}`
  return savedNet === null ? `gross, ${of}` : `net of lost cache discounts, ${of}`
}

const inPercent = ({ format }) => format === percent

export class Kpis {
  #targets = new Kept('targets', Object.fromEntries(kpis.map(({ id, target }) => [id, target])))
  #tiles
  #report

  constructor(host) {
    this.#tiles = new Map(kpis.map((kpi) => [kpi.id, this.#tile(kpi)]))
    host.append(...[...this.#tiles.values()].map(({ root }) => root))
  }

  show(report) {
    this.#report = report
    for (const kpi of kpis) this.#fill(kpi)
  }

  #tile(kpi) {
    const value = make('dd', { class: 'tile-value kpi-value', text: absent })
    const note = make('dd', { class: 'tile-note kpi-note', text: ' ' })
    const meter = make('span', { class: 'kpi-meter', 'aria-hidden': true }, make('span', { class: 'kpi-level' }))
    const verdict = make('span', { class: 'kpi-verdict' })
    const unit = inPercent(kpi) ? '%' : kpi.format === money ? '$' : 'ms'
    const target = make('input', {
      type: 'number',
      min: '0',
      step: 'any',
      value: this.#shownTarget(kpi),
      'aria-label': `Target of ${kpi.title.toLowerCase()}, in ${unit === '$' ? 'dollars' : unit === '%' ? 'percent' : 'milliseconds'}`,
      on: { change: () => this.#retarget(kpi, target) },
    })
    const aim = make(
      'dd',
      { class: 'kpi-aim' },
      verdict,
      make('span', { class: 'kpi-target' }, kpi.more ? 'at least ' : 'at most ', target, ` ${unit}`),
    )
    const root = make(
      'div',
      { class: 'tile kpi', id: `kpi-${kpi.id}` },
      make('dt', { text: kpi.title }),
      value,
      note,
      make('dd', { 'aria-hidden': true }, meter),
      aim,
    )
    return { root, value, note, level: meter.firstChild, verdict, target }
  }

  #shownTarget(kpi) {
    const target = this.#targets.value[kpi.id]
    return String(inPercent(kpi) ? Math.round(target * 1000) / 10 : target)
  }

  #retarget(kpi, field) {
    const value = field.valueAsNumber / (inPercent(kpi) ? 100 : 1)
    if (Number.isFinite(value) && value >= 0) this.#targets.set({ [kpi.id]: value })
    field.value = this.#shownTarget(kpi)
    if (this.#report) this.#fill(kpi)
  }

  #fill(kpi) {
    const { root, value, note, level, verdict } = this.#tiles.get(kpi.id)
    const measured = kpi.read(this.#report)
    const target = this.#targets.value[kpi.id]
    const known = typeof measured === 'number'
    const met = known && (kpi.more ? measured >= target : measured <= target)
    root.dataset.verdict = known ? (met ? 'met' : 'missed') : 'unknown'
    value.textContent = kpi.format(measured)
    note.textContent =
      known || (kpi.id === 'savings' && this.#report.tokens.samples > 0) ? kpi.note(this.#report) : 'not measured'
    verdict.textContent = known ? (met ? 'on target' : 'off target') : ''
    level.style.width = `${100 * share(kpi, measured, target)}%`
  }
}

/** How far the way to the target is done, 0 to 1. */
export function share({ more }, measured, target) {
  if (typeof measured !== 'number') return 0
  if (more) return target > 0 ? Math.min(Math.max(measured, 0) / target, 1) : 1
  return measured > 0 ? Math.min(target / measured, 1) : 1
}
