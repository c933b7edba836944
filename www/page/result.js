// The optimized text, with a chip for each place where something was left out.

import { make, unseen } from './dom.js'
import { count, plural } from './format.js'
import { piecesOf } from './markers.js'

// More than this makes a browser's layout slow; copying always gives all.
const mostShown = 300_000

/** Makes the element that shows `result`; `expand` fetches what is behind a ref, and `fail` shows an error. */
export function resultText(result, { expand, fail }) {
  const shown = result.text.length > mostShown ? result.text.slice(0, mostShown) : result.text
  const pieces = piecesOf(shown, result.omitted)
  const nodes = pieces.map((piece) => (piece.ref ? chip(piece, { expand, fail }) : document.createTextNode(piece.text)))
  const rest = result.text.length - shown.length
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
