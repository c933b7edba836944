import { byId, make } from './dom.js'
import { count, plural } from './format.js'

const mostListed = 200

/** Lists what was left out, each to be opened; `expand` fetches a text, and `fail` shows an error. */
export function showOmissions(omitted, { expand, fail }) {
  byId('omissions-count').textContent = count(omitted.length)
  const rest = omitted.length - mostListed
  byId('omissions').replaceChildren(
    omitted.length > 0
      ? make(
          'ol',
          { class: 'omissions' },
          ...omitted.slice(0, mostListed).map((omission) => item(omission, { expand, fail })),
        )
      : make('p', { text: 'Nothing: all of the source is in the text.' }),
    ...(rest > 0 ? [make('p', { text: `${plural(rest, 'more place')} behind the markers in the text.` })] : []),
  )
}

function item({ ref, tokens, title }, { expand, fail }) {
  const button = make(
    'button',
    { type: 'button', 'aria-expanded': 'false', 'data-ref': ref },
    make('span', { class: 'omission-title', text: title || 'Untitled' }),
    make('span', { class: 'omission-size', text: plural(tokens, 'token') }),
    make('span', { class: 'omission-turn', 'aria-hidden': 'true' }),
  )
  const entry = make('li', { class: 'omission' }, button)
  button.addEventListener('click', () => toggle(entry, button, () => expand(ref)).catch(fail))
  return entry
}

async function toggle(entry, button, text) {
  const open = button.getAttribute('aria-expanded') === 'true'
  button.setAttribute('aria-expanded', String(!open))
  if (open) return entry.lastElementChild.remove()
  try {
    entry.append(make('pre', { class: 'omission-text', tabindex: '0', text: await text() }))
  } catch (error) {
    button.setAttribute('aria-expanded', 'false')
    throw error
  }
}
