// The whole board: asks the package once for each view, and hands the answer to every part.

import { byId } from '../page/dom.js'
import { date } from '../page/format.js'
import { afterPaint } from '../page/painted.js'
import { showAdvice } from './advice.js'
import { showBreakdowns } from './breakdowns.js'
import { Calculator } from './calculator.js'
import { Chart } from './chart.js'
import { charts } from './charts/list.js'
import { Consumers } from './consumers.js'
import { showFacts } from './facts.js'
import { Kpis } from './kpis.js'
import { View } from './view.js'

const consumers = 10

export class Board {
  #source
  #fail
  #view = new View(() => this.#orFail(() => this.#look()))
  #kpis = new Kpis(byId('kpis'))
  #charts
  #consumers = new Consumers()
  #calculator = new Calculator(byId('calculator'))
  #afterPaint = afterPaint()

  /** `fail` is told what went wrong where another view was asked for. */
  constructor(source, fail) {
    this.#source = source
    this.#fail = fail
    const brushed = (from, to) => this.#view.brush(from, to)
    this.#charts = charts.map((chart) => new Chart(chart, { brushed }))
    const recolour = () => {
      for (const chart of this.#charts) chart.recolour()
    }
    new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ['data-theme'] })
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour)
  }

  get query() {
    return this.#view.query
  }

  /** Shows what the package knows now. */
  show() {
    const all = this.#source.metrics.snapshot()
    this.#origin(all)
    this.#state(all.operations === 0 ? 'empty' : 'ready')
    this.#look()
  }

  /** Shows what the view is of: what a screen has room for at once, and the rest when that is painted. */
  #look() {
    const report = this.#source.metrics.report({ ...this.#view.query, top: consumers })
    this.#view.show(report)
    this.#kpis.show(report)
    if (byId('board').dataset.state === 'ready') this.#charts[0].show(report)
    this.#showRest(report)
  }

  async #showRest(report) {
    const busy = (is) => byId('board').setAttribute('aria-busy', String(is))
    busy(true)
    const figures = [
      ...this.#charts.slice(1).map((chart) => () => chart.show(report)),
      () => showBreakdowns(byId('breakdowns'), report),
      () => this.#consumers.show(report.top),
      () => this.#showMoney(report),
      () => showAdvice(byId('advice'), report.recommendations),
    ]
    const names = () => this.#view.offer(this.#source.metrics.names())
    const isReady = byId('board').dataset.state === 'ready'
    try {
      if (await this.#afterPaint([names, ...(isReady ? figures : [])])) busy(false)
    } catch (error) {
      busy(false)
      this.#fail(error)
    }
  }

  #showMoney(report) {
    showFacts(byId('cost-facts'), report)
    this.#calculator.show(report)
    byId('prices-note').textContent = `Prices of ${report.cost.pricesFrom}.`
  }

  /** Says that what was asked for can't be shown; figures that are there already stay. */
  failed() {
    if (byId('board').dataset.state !== 'loading') return
    this.#state('failed')
    byId('origin').textContent = 'Nothing could be read.'
  }

  #orFail(show) {
    try {
      show()
    } catch (error) {
      this.#fail(error)
    }
  }

  /** `loading`, `ready`, `empty` or `failed`. */
  #state(state) {
    byId('board').dataset.state = state
    if (state === 'failed') byId('board').setAttribute('aria-busy', 'false')
    byId('empty').hidden = state !== 'empty'
    byId('charts').hidden = state !== 'ready'
    byId('aside').hidden = state === 'failed'
    if (state === 'empty') showAdvice(byId('advice'), [])
  }

  #origin({ since }) {
    byId('origin').textContent = origins[this.#source.kind](this.#source, since ? date(since) : undefined)
  }
}

const origins = {
  stored: ({ namespace, store }, since) =>
    store === 'memory'
      ? 'This browser lets nothing be kept, so there is nothing to read here.'
      : `What applications with the namespace “${namespace}” measured in this browser${since ? ` since ${since}` : ''}.`,
  imported: (_, since) =>
    `An imported file${since ? `, measured since ${since}` : ''}. What was measured here stays as it is.`,
  demo: () => 'Thirty days of an invented application.',
}
