// Alerts: those that stand, and the thresholds, which the reader sets here and which hold on this page.

import { byId, make } from '../page/dom.js'
import { count, milliseconds, money, percent } from '../page/format.js'
import { Kept } from './kept.js'

/** The rules that can be set here: the side on which they fire, the unit of the threshold, and how a value is written. */
const rules = [
  { rule: 'spend', title: 'Spend a day', side: 'above', window: 'day', unit: '$', format: money, first: 5 },
  {
    rule: 'tokens',
    title: 'Tokens a day',
    side: 'above',
    window: 'day',
    unit: 'tokens',
    format: count,
    first: 1_000_000,
  },
  { rule: 'savings_rate', title: 'Savings rate', side: 'below', window: '24h', unit: '%', format: percent, first: 0.2 },
  { rule: 'hit_rate', title: 'Cache hits', side: 'below', window: '24h', unit: '%', format: percent, first: 0.1 },
  {
    rule: 'latency',
    title: 'Response time (95 %)',
    side: 'above',
    window: '1h',
    unit: 'ms',
    format: milliseconds,
    first: 500,
  },
  { rule: 'error_rate', title: 'Error rate', side: 'above', window: '1h', unit: '%', format: percent, first: 0.05 },
]

const scale = ({ unit }) => (unit === '%' ? 100 : 1)
const off = Object.fromEntries(rules.map(({ rule }) => [rule, false]))
const firsts = Object.fromEntries(rules.map(({ rule, first }) => [`${rule}-threshold`, first]))

export class AlertsPanel {
  #settings = new Kept('alerts', { ...off, ...firsts })
  #changed
  #fired = []

  /** `changed` is called when the reader set a rule. */
  constructor(changed) {
    this.#changed = changed
    const form = byId('alerts-form')
    form.append(...rules.map((rule) => this.#row(rule)))
    form.addEventListener('submit', (event) => event.preventDefault())
  }

  /** The rules that are on, as `createTrimtab({ alerts })` takes them. */
  get rules() {
    const settings = this.#settings.value
    return rules
      .filter(({ rule }) => settings[rule])
      .map(({ rule, side, window }) => ({ rule, [side]: settings[`${rule}-threshold`], window }))
  }

  /** Takes one alert as the package tells it. */
  add(alert) {
    this.#fired = [alert, ...this.#fired.filter(({ rule }) => rule !== alert.rule)]
    this.show()
  }

  /** Forgets what stood: other figures are shown now. */
  clear() {
    this.#fired = []
    this.show()
  }

  show() {
    const standing = this.#fired.filter(({ state }) => state === 'firing')
    byId('alerts-count').textContent = standing.length > 0 ? String(standing.length) : 'none'
    byId('alerts').dataset.firing = String(standing.length > 0)
    byId('alerts-list').replaceChildren(
      this.#fired.length > 0
        ? make('ul', { class: 'alerts' }, ...this.#fired.map(item))
        : make('p', { class: 'panel-note', text: this.#quiet() }),
    )
  }

  #quiet() {
    const on = this.rules.length
    return on > 0
      ? `${on} of ${rules.length} thresholds are watched, and none is crossed.`
      : 'No threshold is watched yet: set one below.'
  }

  #row(rule) {
    const { value } = this.#settings
    const on = make('input', { type: 'checkbox', checked: value[rule.rule] })
    const threshold = make('input', {
      type: 'number',
      min: '0',
      step: 'any',
      value: value[`${rule.rule}-threshold`] * scale(rule),
      'aria-label': `${rule.title}: threshold in ${rule.unit === '$' ? 'dollars' : rule.unit}`,
    })
    on.addEventListener('change', () => this.#set({ [rule.rule]: on.checked }))
    threshold.addEventListener('change', () => this.#retune(rule, threshold))
    return make(
      'div',
      { class: 'alert-rule' },
      make('label', { class: 'check' }, on, ` ${rule.title}`),
      make('span', { class: 'hint', text: `${rule.side}` }),
      threshold,
      make('span', { class: 'hint', text: rule.unit }),
    )
  }

  #retune(rule, field) {
    const key = `${rule.rule}-threshold`
    const value = field.valueAsNumber / scale(rule)
    if (Number.isFinite(value) && value >= 0) this.#set({ [key]: value })
    else field.value = String(this.#settings.value[key] * scale(rule))
  }

  #set(change) {
    this.#settings.set(change)
    this.#fired = this.#fired.filter(({ rule }) => this.#settings.value[rule])
    this.#changed()
    this.show()
  }
}

function item({ rule, state, message, at }) {
  const known = rules.find((one) => one.rule === rule)
  return make(
    'li',
    { class: 'alert', 'data-state': state },
    make('strong', { text: known?.title ?? rule }),
    make('span', { class: 'badge', text: state }),
    make('p', { text: message }),
    make('time', { class: 'hint', datetime: new Date(at).toISOString(), text: new Date(at).toLocaleString('en') }),
  )
}
