// Who uses the most: one list for each of users, tasks, models and tags.

import { byId, make } from '../page/dom.js'
import { absent, count, money } from '../page/format.js'
import { table } from '../page/table.js'

const dimensions = { users: 'User', tasks: 'Task', models: 'Model', tags: 'Tag' }
const mostRows = 10

export class Consumers {
  #chosen = 'users'
  #top

  constructor() {
    byId('consumers-by').append(
      ...Object.entries(dimensions).map(([field, title]) => make('label', {}, this.#radio(field), `${title}s`)),
    )
  }

  show(top) {
    this.#top = top
    const rows = (top[this.#chosen] ?? []).slice(0, mostRows)
    const title = dimensions[this.#chosen]
    byId('consumers').replaceChildren(
      rows.length > 0
        ? table(
            `The ${title.toLowerCase()}s with the most tokens`,
            [title, 'Tokens', 'Saved', 'Operations', 'Cost'],
            rows.map(cells),
          )
        : make('p', { class: 'panel-note', text: `No record names a ${title.toLowerCase()}.` }),
    )
  }

  #radio(field) {
    const choose = () => {
      this.#chosen = field
      if (this.#top) this.show(this.#top)
    }
    return make('input', {
      type: 'radio',
      name: 'consumers',
      value: field,
      checked: field === this.#chosen,
      on: { change: choose },
    })
  }
}

function cells({ name, tokens, error, saved, operations, cost, unpricedCalls }) {
  const atMost = error > 0 ? ` (at most ${count(error)} too many)` : ''
  const price = cost === null ? (unpricedCalls > 0 ? 'unpriced' : absent) : money(cost)
  return [name, count(tokens) + atMost, count(saved), count(operations), price]
}
