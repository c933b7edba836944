// What is looked at: a window, a model, a tier, and the part of the window that was brushed.

import { byId, make } from '../page/dom.js'
import { stepName } from './chart.js'

const hourLong = 3_600_000
const stepLong = { hour: hourLong, day: 24 * hourLong }

export class View {
  #form
  #changed
  #range = null
  #series = []
  #step = 'hour'

  /** `changed` is called when another view is asked for. */
  constructor(changed) {
    this.#form = byId('filters')
    this.#changed = changed
    this.#form.addEventListener('change', () => {
      this.#range = null
      changed()
    })
    this.#form.addEventListener('submit', (event) => event.preventDefault())
    byId('range-clear').addEventListener('click', () => this.#unbrush())
    for (const id of ['brush-from', 'brush-to']) byId(id).addEventListener('change', () => this.#choose())
  }

  /** The question for `metrics`: `{ hours, until?, where }`. */
  get query() {
    const { hours, model, tier } = this.#form.elements
    const where = { ...(model.value && { model: model.value }), ...(tier.value && { tier: tier.value }) }
    return { hours: Number(hours.value), ...this.#range, where }
  }

  /** Looks at the steps that begin in `from` to `to` alone. */
  brush(from, to) {
    const until = to + stepLong[this.#step] - 1
    this.#range = { hours: Math.round((until + 1 - from) / hourLong), until }
    this.#changed()
  }

  #unbrush() {
    this.#range = null
    this.#changed()
  }

  /** Says what a report is of. */
  show({ series, step, from, rowsSince }) {
    if (!this.#range) {
      this.#series = series
      this.#step = step
    }
    const { model, tier } = this.#form.elements
    this.#sayRange()
    this.#sayReach((model.value || tier.value) && rowsSince > from ? rowsSince : null)
  }

  /** Offers the steps of the whole window, and the names that are known, to choose from. */
  offer({ models, tiers }) {
    const { model, tier } = this.#form.elements
    offerNames(model, models)
    offerNames(tier, tiers)
    if (!this.#range) this.#fillBrush()
  }

  #fillBrush() {
    const options = () =>
      this.#series.map(({ start }) => make('option', { value: start, text: stepName(start, this.#step) }))
    // A year of hours never comes here: windows of more than two weeks are by the day.
    for (const id of ['brush-from', 'brush-to']) {
      if (document.activeElement !== byId(id)) byId(id).replaceChildren(...options())
    }
    byId('brush-to').value = String(this.#series.at(-1)?.start)
  }

  /** Older records are sums that can't be taken apart by name any more. */
  #sayReach(since) {
    byId('reach').hidden = since === null
    if (since !== null)
      byId('reach').textContent =
        `Records are whole since ${stepName(since, 'hour')}: older ones are not in a filtered view.`
  }

  #choose() {
    const [from, to] = ['brush-from', 'brush-to'].map((id) => Number(byId(id).value))
    this.brush(Math.min(from, to), Math.max(from, to))
  }

  #sayRange() {
    byId('range').hidden = !this.#range
    if (!this.#range) return
    const { hours, until } = this.#range
    const [first, last] = [until + 1 - hours * hourLong, until + 1 - stepLong[this.#step]]
    const [from, to] = [first, last].map((start) => stepName(start, this.#step))
    byId('range-label').textContent = first === last ? from : `${from} to ${to}`
    byId('brush-from').value = String(first)
    byId('brush-to').value = String(last)
  }
}

/** Adds names that are new to a list; none is taken away, so that a choice stays. */
function offerNames(select, names) {
  const known = new Set([...select.options].map(({ value }) => value))
  select.append(...names.filter((name) => !known.has(name)).map((name) => make('option', { value: name, text: name })))
}
