// A chart on uPlot: colours from the page's own palette, a brush, and a size that follows its frame.

import { count, formatting } from '../page/format.js'

/** As far below what is seen as half a screen. */
const nearby = { rootMargin: '50%' }

const library = () => document.querySelector('script[src^="vendor/uPlot"]')

const probe = document.createElement('i')
// A drawing asks for each of its colours many times, and each answer has the browser look at all styles.
const colours = new Map()

/** Resolves a custom property of the page to a colour that a canvas takes. */
function colour(name) {
  if (!colours.has(name)) colours.set(name, resolved(name))
  return colours.get(name)
}

function resolved(name) {
  if (!probe.isConnected) {
    probe.hidden = true
    document.body.append(probe)
  }
  probe.style.color = `var(${name})`
  return getComputedStyle(probe).color
}

const bars = (options) => globalThis.uPlot.paths.bars({ size: [0.72, 48], ...options })

const styles = {
  bars: ({ fill, stroke }) => ({
    paths: bars(),
    points: { show: false },
    fill: () => colour(fill),
    stroke: () => colour(stroke ?? fill),
    width: 1,
  }),
  line: ({ stroke, dash }) => ({
    stroke: () => colour(stroke),
    width: 2,
    ...(dash && { dash }),
    points: { size: 5, fill: () => colour(stroke) },
    spanGaps: false,
  }),
}

/** One chart in `host`. `series` are `{ label, style, fill?, stroke?, dash? }`, and `format` writes a value of the scale. */
export class Plot {
  #host
  #series
  #format
  #brushed
  #plot
  #data = [[]]
  // Drawn when it comes near what is seen: the page has more charts than a screen has room for.
  #near = false
  #stale = false
  // As the observer tells it: to ask would have the browser lay out all that has just changed.
  #size = { width: 0, height: 0 }

  constructor(host, { series, format = count, brushed }) {
    this.#host = host
    this.#series = series
    this.#format = format
    this.#brushed = brushed
    host.setAttribute('role', 'img')
    new ResizeObserver((entries) => this.#resize(entries.at(-1).contentRect)).observe(host)
    new IntersectionObserver((entries) => this.#seen(entries.at(-1).isIntersecting), nearby).observe(host)
    addEventListener('beforeprint', () => this.#seen(true))
  }

  /** Shows columns: the beginnings of the steps in ms, then one column a series, null where nothing was measured. */
  show(columns, summary) {
    this.#data = columns
    this.#host.setAttribute('aria-label', summary)
    this.#stale = true
    if (this.#near) this.#draw()
  }

  #seen(near) {
    this.#near = near
    if (near && this.#stale) this.#draw()
  }

  #draw() {
    // Its script runs after the page's own, and may come later than the figures.
    if (!globalThis.uPlot) return library().addEventListener('load', () => this.#draw(), { once: true })
    this.#stale = false
    if (this.#plot) this.#plot.setData(this.#data)
    else this.#make()
  }

  /** Draws again in the colours that hold now. */
  recolour() {
    colours.clear()
    this.#plot?.redraw(false, true)
  }

  #resize({ width, height }) {
    this.#size = { width: Math.floor(width), height: Math.floor(height) }
    if (this.#size.width === 0) return
    if (this.#plot) this.#plot.setSize(this.#size)
    else if (this.#near && this.#data[0].length > 0) this.#draw()
  }

  #make() {
    // Hidden for now: it is made once there is room.
    if (this.#size.width === 0) return
    const axis = { stroke: () => colour('--ink-soft'), font: '11px system-ui, sans-serif', ticks: { show: false } }
    const grid = { stroke: () => colour('--line'), width: 1 }
    this.#plot = new globalThis.uPlot(
      {
        ...this.#size,
        ms: 1,
        padding: [10, 16, 0, 0],
        legend: { show: false },
        cursor: this.#cursor(),
        select: { show: Boolean(this.#brushed) },
        scales: { x: { time: true, range: this.#span }, y: { range: (_, _least, most) => [0, ceiling(most)] } },
        axes: [
          { ...axis, grid: { show: false }, size: 40, values: (_, ticks, _axis, _space, step) => moments(ticks, step) },
          { ...axis, grid, size: 56, values: (_, ticks) => ticks.map((tick) => this.#format(tick)) },
        ],
        series: [{}, ...this.#series.map(({ label, style, ...looks }) => ({ label, ...styles[style](looks) }))],
        hooks: {
          setSelect: [(plot) => this.#select(plot)],
          setCursor: [(plot) => this.#point(plot)],
        },
      },
      this.#data,
      this.#host,
    )
    this.#tip = document.createElement('p')
    this.#tip.className = 'plot-tip'
    this.#tip.hidden = true
    this.#host.append(this.#tip)
  }

  #tip

  #cursor() {
    return { y: false, points: { show: false }, drag: { x: Boolean(this.#brushed), y: false, setScale: false } }
  }

  // Half a step of room on both sides, so that the first and the last bar are whole.
  #span = (_, from, to) => {
    const starts = this.#data[0]
    const half = starts.length > 1 ? (starts[1] - starts[0]) / 2 : 1_800_000
    return [from - half, to + half]
  }

  #select(plot) {
    const { left, width } = plot.select
    if (width < 4) return
    const [from, to] = [left, left + width].map((x) => plot.posToIdx(x))
    plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false)
    this.#brushed?.(this.#data[0][from], this.#data[0][to])
  }

  #point(plot) {
    const { idx, left } = plot.cursor
    this.#tip.hidden = idx === null || idx === undefined || left < 0
    if (this.#tip.hidden) return
    const said = this.#series.map(({ label }, at) => `${label} ${this.#format(this.#data[at + 1][idx])}`)
    this.#tip.textContent = [new Date(this.#data[0][idx]).toLocaleString('en', tipTime), ...said].join(' · ')
    const most = this.#host.clientWidth - this.#tip.offsetWidth
    this.#tip.style.left = `${Math.max(0, Math.min(left + 56 - this.#tip.offsetWidth / 2, most))}px`
  }
}

const oneDay = 86_400_000
const days = formatting(() => new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' }))
const hours = formatting(() => new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }))

/** Names the ticks of a time axis: days, or hours with the day below the first of each. */
function moments(ticks, step) {
  const names = ticks.map((at) => days(at))
  if (step >= oneDay) return names
  return ticks.map((at, place) => {
    const hour = hours(at)
    return names[place] === names[place - 1] ? hour : `${hour}\n${names[place]}`
  })
}

const tipTime = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }

const roundSteps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10]

/** The next round number above, so that the scale reads well. */
export function ceiling(most) {
  if (!(most > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(most))
  return power * (roundSteps.find((step) => step * power >= most) ?? 10)
}
