import { make } from '../page/dom.js'
import { plural } from '../page/format.js'

/** Shows what the data recommends, each with the number of records that it rests on. */
export function showAdvice(host, recommendations) {
  host.replaceChildren(
    recommendations.length > 0
      ? make('ul', { class: 'advice' }, ...recommendations.map(item))
      : make('p', {
          class: 'panel-note',
          text: 'Nothing so far: advice comes once at least 30 records show the same.',
        }),
  )
}

const item = ({ text, samples }) =>
  make('li', {}, make('p', { text }), make('span', { class: 'badge', text: `seen in ${plural(samples, 'record')}` }))
