// The first figures: totals since the first record, and the last day by the hour.

import { draw } from './chart.js'
import { byId, make } from './dom.js'
import { absent, count, date, hour, milliseconds, money, percent, plural } from './format.js'
import { table } from './table.js'

const hours = 24

/** The tiles in the order of index.html: the value, and what stands below it. */
const tiles = {
  tokens: ({ tokens }) => [count(tokens.after), `of ${count(tokens.before)} before`],
  savings: ({ tokens }) => [percent(tokens.savingsRate), `${plural(tokens.saved, 'token')} saved`],
  cost: ({ cost }) => savedCost(cost),
  hits: ({ cache }) => [percent(cache.hitRate), `${count(cache.hits)} of ${plural(cache.lookups, 'look-up')}`],
  latency: ({ latency }) => [milliseconds(latency.p50), `median; p95 ${milliseconds(latency.p95)}`],
  operations: ({ operations, errors }) => [count(operations), errors > 0 ? plural(errors, 'error') : 'no errors'],
}

/** Net of the provider's lost cache discount where that is known; an unknown price is no $0. */
function savedCost({ savedNet, savedGross, pricesFrom }) {
  const saved = savedNet ?? savedGross
  if (typeof saved !== 'number') return ['unpriced', 'no price is known']
  return [money(saved), pricesFrom ? `prices of ${pricesFrom}` : 'at input prices']
}

/** Shows what the package measured. */
export class Figures {
  #trimtab
  #frame
  #series = []
  #width = 0

  constructor() {
    new ResizeObserver(([{ contentRect }]) => {
      this.#width = Math.floor(contentRect.width)
      this.#draw()
    }).observe(byId('chart'))
    for (const format of ['csv', 'json']) byId(`export-${format}`).addEventListener('click', () => this.#export(format))
  }

  /** Shows the figures of `trimtab`, once a frame however often it is called. */
  show(trimtab) {
    this.#trimtab = trimtab
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => this.#read())
  }

  /** Tells whether all of it is in the store by now. */
  kept(all) {
    byId('figures').dataset.kept = all ? 'yes' : 'no'
  }

  /** Says that the store failed, which the figures do not survive. */
  storeFailed(error) {
    this.#say(`The browser’s storage failed (${error.code}), so the figures last until this page is left.`)
  }

  #read() {
    const snapshot = this.#trimtab.metrics.snapshot()
    for (const [id, read] of Object.entries(tiles))
      fill(id, snapshot.operations > 0 ? read(snapshot) : [absent, 'nothing measured yet'])
    const kept = this.#trimtab.store === 'memory' ? 'in memory, until this page is left' : 'in this browser'
    this.#say(
      snapshot.since
        ? `Measured since ${date(snapshot.since)}, kept ${kept}.`
        : `Nothing is measured yet; figures are kept ${kept}.`,
    )
    this.#series = this.#trimtab.metrics.report({ hours }).series
    byId('chart-table').replaceChildren(
      table(`Tokens an hour, the last ${hours} hours`, ['Hour', 'Before', 'After', 'Saved'], rows(this.#series)),
    )
    for (const format of ['csv', 'json']) byId(`export-${format}`).disabled = snapshot.operations === 0
    this.#draw()
  }

  #draw() {
    if (this.#width > 0) byId('chart').replaceChildren(draw(this.#series, this.#width))
  }

  #say(text) {
    byId('figures-note').textContent = text
  }

  #export(format) {
    const url = URL.createObjectURL(new Blob([this.#trimtab.metrics.export(format)]))
    make('a', { href: url, download: `trimtab-metrics.${format}` }).click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
}

const rows = (series) =>
  series.map(({ start, before, after }) => [
    hour(start),
    count(before),
    count(after),
    before === null || after === null ? absent : count(before - after),
  ])

function fill(id, [value, note]) {
  byId(`tile-${id}`).textContent = value
  byId(`tile-${id}-note`).textContent = note
}
