// What the savings come to with the reader's own prices and volume.

import { make } from '../page/dom.js'
import { money } from '../page/format.js'
import { Kept } from './kept.js'

const monthsAYear = 12

/** The fields; `measured` gives the value of the report that stands in while the reader has set none. */
const fields = [
  { id: 'price', label: 'Input price', unit: '$ per million tokens', measured: pricePerMillion },
  {
    id: 'tokens',
    label: 'Prompt before',
    unit: 'tokens',
    measured: ({ tokens }) => (tokens.samples ? tokens.before / tokens.samples : null),
  },
  {
    id: 'rate',
    label: 'Saved',
    unit: '%',
    measured: ({ tokens }) => (tokens.savingsRate === null ? null : tokens.savingsRate * 100),
  },
  { id: 'calls', label: 'Volume', unit: 'prompts a month', measured: () => null, first: 100_000 },
  { id: 'upkeep', label: 'What it costs you', unit: '$ a month', measured: () => null, first: 0 },
]

/**
 * Works out dollars a month: `price` per million input tokens, `tokens` a prompt before, `rate` percent saved, `calls` a
 * month, `upkeep` dollars a month. `roi` is what comes back for each dollar of upkeep, or null where there is none.
 */
export function savings({ price, tokens, rate, calls, upkeep }) {
  const before = (price * tokens * calls) / 1e6
  const saved = (before * rate) / 100
  const net = saved - upkeep
  return { before, after: before - saved, saved, net, yearly: net * monthsAYear, roi: upkeep > 0 ? net / upkeep : null }
}

/** The input price that the saved tokens had, where all of them had one. */
function pricePerMillion({ cost, tokens }) {
  const known = cost.savedGross > 0 && tokens.saved > 0 && cost.savedSamples === tokens.samples
  return known ? (cost.savedGross / tokens.saved) * 1e6 : null
}

export class Calculator {
  #own = new Kept('calculator', Object.fromEntries(fields.map(({ id }) => [id, Number.NaN])))
  #inputs
  #result
  #report

  constructor(form) {
    this.#inputs = new Map(fields.map((field) => [field.id, this.#input(field)]))
    this.#result = make('output', { class: 'calculator-result' })
    form.append(
      make('h3', { text: 'With your own prices and volume' }),
      ...fields.map(({ id, label, unit }) =>
        make(
          'label',
          {},
          make('span', { text: label }),
          this.#inputs.get(id),
          make('span', { class: 'hint', text: unit }),
        ),
      ),
      this.#result,
    )
    form.addEventListener('submit', (event) => event.preventDefault())
  }

  show(report) {
    this.#report = report
    for (const field of fields) {
      const input = this.#inputs.get(field.id)
      if (document.activeElement !== input) input.value = this.#shown(field)
    }
    this.#work()
  }

  /** The reader's own as it was written, and what was measured in few digits. */
  #shown(field) {
    const value = this.#value(field)
    if (value === null) return ''
    return String(Number.isFinite(this.#own.value[field.id]) ? value : tidy(value))
  }

  #value({ id, measured, first = null }) {
    const own = this.#own.value[id]
    return Number.isFinite(own) ? own : (measured(this.#report) ?? first)
  }

  #input(field) {
    const input = make('input', { type: 'number', min: '0', step: 'any', name: field.id })
    input.addEventListener('input', () => {
      this.#own.set({ [field.id]: input.value === '' ? Number.NaN : Math.max(input.valueAsNumber, 0) })
      this.#work()
    })
    return input
  }

  #work() {
    const values = Object.fromEntries(fields.map((field) => [field.id, this.#value(field)]))
    const missing = fields.filter(({ id }) => values[id] === null).map(({ label }) => `“${label}”`)
    if (missing.length > 0) {
      this.#result.textContent = `Fill in ${missing.join(' and ')} to see what it comes to.`
      return
    }
    const { before, after, net, yearly, roi } = savings(values)
    this.#result.replaceChildren(
      make('strong', { text: `${money(net)} a month` }),
      `, ${money(yearly)} a year: input falls from ${money(before)} to ${money(after)} a month. `,
      roi === null ? '' : `Each dollar of upkeep brings back ${money(roi)}.`,
    )
  }
}

const tidy = (value) => (value >= 1000 ? Math.round(value) : Number(value.toPrecision(3)))
