// The optimized text, with a chip for each place where something was left out.

import { make, unseen } from './dom.js'
import { count, plural } from './format.js'

/** Makes the element that shows the pieces; `expand` fetches what is behind a ref, and `fail` shows an error. */
export function resultText(pieces, rest, { expand, fail }) {
  const nodes = pieces.map((piece) => {
    if (piece.gap) return make('span', { class: 'gap', text: piece.gap })
    return piece.ref ? chip(piece, { expand, fail }) : piece.text
  })
  if (rest > 0)
    nodes.push(make('p', { class: 'pane-note', text: `${count(rest)} more characters; copy gives them all.` }))
  return make('div', { class: 'result-text' }, ...nodes)
}

/** The chips in `element` that are in this state. */
export const chipsOf = (element, expanded) => [...element.querySelectorAll(`.chip[aria-expanded="${expanded}"]`)]

function chip(piece, { expand, fail }) {
  const button = make(
    'button',
    {
      type: 'button',
      class: piece.bare ? 'chip chip-gap' : 'chip',
      'aria-expanded': 'false',
      'data-ref': piece.ref,
      title: piece.title || null,
    },
    ...labels(piece),
  )
  button.addEventListener('click', () => toggle(button, () => expand(piece.ref)).catch(fail))
  return button
}

function labels({ tokens, title, places, bare }) {
  if (bare) return [count(tokens), unseen(` tokens left out here: ${title}`)]
  const where = places > 1 ? ` in ${plural(places, 'place')}` : ''
  return [`${plural(tokens, 'token')}${where}${title ? ` · ${title}` : ''}`, unseen(' left out')]
}

async function toggle(button, text) {
  if (button.getAttribute('aria-expanded') === 'true') {
    button.nextElementSibling?.remove()
    button.setAttribute('aria-expanded', 'false')
    return
  }
  // Set before waiting, so that a second click while the text is fetched does not fetch it again.
  button.setAttribute('aria-expanded', 'true')
  try {
    button.after(make('span', { class: 'brought-back', text: await text() }))
  } catch (error) {
    button.setAttribute('aria-expanded', 'false')
    throw error
  }
}
