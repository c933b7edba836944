// Starts the page: one session with the package, the playground and the figures.

import { samples } from '../samples/list.js'
import { byId, make } from './dom.js'
import { Figures } from './figures.js'
import { models } from './models.js'
import { Playground } from './playground.js'
import { Session } from './session.js'
import { startTheme } from './theme.js'

startTheme()
const figures = new Figures()
const session = new Session({
  listeners: { storageerror: ({ error }) => figures.storeFailed(error) },
  kept: (all) => figures.kept(all),
})
const playground = new Playground(session, (trimtab) => figures.show(trimtab))

byId('models').append(...models.map((value) => make('option', { value })))
byId('samples').append(...samples.map(sampleButton))
byId('source').addEventListener('input', () => press(undefined))
open(samples[0])

function sampleButton(sample) {
  return make('button', {
    type: 'button',
    class: 'quiet',
    'data-sample': sample.id,
    text: sample.name,
    on: { click: () => open(sample) },
  })
}

function open(sample) {
  press(sample.id)
  playground.open(sample)
}

function press(id) {
  for (const button of byId('samples').children)
    button.setAttribute('aria-pressed', String(button.dataset.sample === id))
}
