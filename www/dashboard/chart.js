// One chart with its table: the same points, drawn and written.

import { byId } from '../page/dom.js'
import { absent, formatting } from '../page/format.js'
import { table } from '../page/table.js'
import { Plot } from './plot.js'

const hour = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const moment = {
  hour: formatting(() => new Intl.DateTimeFormat('en', hour)),
  day: formatting(() => new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' })),
}

/** Says when a step begins. */
export const stepName = (start, step) => (moment[step] ?? moment.hour)(start)

export class Chart {
  #chart
  #plot
  #details
  #shown

  constructor(chart, { brushed }) {
    this.#chart = chart
    this.#plot = new Plot(byId(`plot-${chart.id}`), { ...chart, brushed: chart.brush ? brushed : undefined })
    this.#details = byId(`table-${chart.id}`).closest('details')
    this.#details.addEventListener('toggle', () => this.#write())
    const frame = byId(`table-${chart.id}`)
    frame.tabIndex = 0
    frame.setAttribute('aria-label', `${chart.title}, as a table`)
  }

  /** Shows the series of a report. */
  show({ series: points, step }) {
    this.#shown = { points, step }
    this.#plot.show([points.map(({ start }) => start), ...this.#chart.columns(points)], this.#chart.summary(points))
    this.#write()
  }

  recolour() {
    this.#plot.recolour()
  }

  // A year of rows is made only for who opens the table.
  #write() {
    if (!this.#details.open || !this.#shown) return
    const { points, step } = this.#shown
    const rows = points.map((point) => [stepName(point.start, step), ...this.#chart.cells(point)])
    const measured = rows.filter((row) => row.slice(1).some((cell) => cell !== absent))
    byId(`table-${this.#chart.id}`).replaceChildren(
      table(this.#chart.title, [step === 'day' ? 'Day' : 'Hour', ...this.#chart.headings], measured),
    )
  }
}
