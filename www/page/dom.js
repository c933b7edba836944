/** Finds the element with this id, which index.html promises. */
export const byId = (id) => document.getElementById(id)

/**
 * Makes an element. `text` and children are set as text, never as markup, so content from anywhere is inert; `on` are
 * listeners, and the rest are attributes, left out when null or false.
 */
export function make(tag, { text, on = {}, ...attributes } = {}, ...children) {
  return dress(document.createElement(tag), attributes, on, text, children)
}

/** Makes an SVG element, as `make` does. */
export function makeSvg(tag, { text, on = {}, ...attributes } = {}, ...children) {
  return dress(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, on, text, children)
}

function dress(element, attributes, listeners, text, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : value)
  }
  for (const [type, listener] of Object.entries(listeners)) element.addEventListener(type, listener)
  if (text !== undefined) element.textContent = text
  element.append(...children.filter((child) => child !== null && child !== undefined))
  return element
}

/** Makes text for screen readers alone. */
export const unseen = (text) => make('span', { class: 'unseen', text })
