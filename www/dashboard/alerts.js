// Alerts: those that stand, those that were, and the thresholds, which are kept with the metrics they watch.

import { byId, make } from '../page/dom.js'
import { asRule, isOf, rules } from './rules.js'

const mostShown = 12
// What `list` tells of a rule beside its settings.
const settingsOf = ({ firing, since, value, ...settings }) => settings

export class AlertsPanel {
  #alerts
  #flush
  #rows

  constructor() {
    const form = byId('alerts-form')
    this.#rows = new Map(rules.map((rule) => [rule, this.#row(rule)]))
    form.append(...[...this.#rows.values()].map(({ root }) => root))
    form.addEventListener('submit', (event) => event.preventDefault())
  }

  /** Shows the rules and alerts of `alerts`, as `trimtab.alerts` has them; `flush` writes what was set to the store. */
  open({ alerts, flush }) {
    this.#alerts = alerts
    this.#flush = flush
    this.show()
  }

  show() {
    const set = this.#alerts.list()
    for (const [rule, { on, number }] of this.#rows) {
      const found = set.find((one) => isOf(rule, one))
      on.checked = Boolean(found)
      if (document.activeElement !== number)
        number.value = shown(rule, found?.[rule.setting] ?? readNumber(rule, number))
    }
    this.#list(set)
  }

  #list(set) {
    const standing = set.filter(({ firing }) => firing)
    const past = this.#alerts.history().slice(0, mostShown)
    byId('alerts-count').textContent = standing.length > 0 ? `${standing.length} firing` : 'none'
    byId('alerts').dataset.firing = String(standing.length > 0)
    const quiet =
      set.length > 0
        ? `${set.length} rules are watched, and none was crossed yet.`
        : 'No rule is watched yet: set one below.'
    byId('alerts-list').replaceChildren(
      past.length > 0
        ? make('ul', { class: 'alerts' }, ...past.map(item))
        : make('p', { class: 'panel-note', text: quiet }),
    )
  }

  #row(rule) {
    const set = () => this.#set(rule)
    const on = make('input', { type: 'checkbox', on: { change: set } })
    const number = make('input', {
      type: 'number',
      min: '0',
      step: 'any',
      value: shown(rule, rule.first),
      'aria-label': `${rule.title}: ${rule.setting} in ${rule.unit === '$' ? 'dollars' : rule.unit}`,
      on: { change: set },
    })
    const side = make('span', { class: 'hint', text: rule.setting === 'budget' ? 'at' : rule.setting })
    const root = make(
      'div',
      { class: 'alert-rule' },
      make('label', { class: 'check' }, on, ` ${rule.title}`),
      side,
      number,
      make('span', { class: 'hint', text: rule.unit }),
    )
    return { root, on, number }
  }

  async #keep() {
    byId('alerts').dataset.kept = 'no'
    await this.#flush()
    this.show()
    byId('alerts').dataset.kept = 'yes'
  }

  /** Sets one rule, and leaves those that the page has no row for as they are. */
  #set(rule) {
    const { on, number } = this.#rows.get(rule)
    const value = readNumber(rule, number)
    const others = this.#alerts
      .list()
      .filter((one) => !isOf(rule, one))
      .map(settingsOf)
    this.#alerts.set(on.checked ? [...others, asRule(rule, value)] : others)
    this.show()
    this.#keep()
  }
}

const shown = ({ scale }, value) => String(Math.round(value * scale * 1000) / 1000)

/** The number of a field in the package's unit; what can't be is what it was at first. */
function readNumber({ scale, first }, { valueAsNumber }) {
  return Number.isFinite(valueAsNumber) && valueAsNumber > 0 ? valueAsNumber / scale : first
}

function item({ rule, where, state, message, at }) {
  const about = where ? JSON.parse(where) : undefined
  const known = rules.find((one) => isOf(one, { rule, where: about }))
  return make(
    'li',
    { class: 'alert', 'data-state': state },
    make('strong', { text: known?.title ?? `${rule} ${where}` }),
    make('span', { class: 'badge', text: state }),
    make('p', { text: message }),
    make('time', { class: 'hint', datetime: new Date(at).toISOString(), text: new Date(at).toLocaleString('en') }),
  )
}
