import { byId, make } from './dom.js'

/** Shades in the source what the result no longer has. */
export class SourceMarks {
  #field = byId('source')
  #marks = byId('source-marks')
  #note = byId('source-note')

  constructor() {
    this.#field.addEventListener('scroll', () => this.#follow(), { passive: true })
  }

  /** Takes the marks away: the source was changed, and they would be in the wrong place. */
  clear() {
    this.#marks.replaceChildren()
    this.say('')
  }

  /** Shades the `[start, end]` spans of `source`. */
  show(source, spans) {
    this.clear()
    this.#marks.append(...marked(source, spans))
    this.say('What was left out is shaded in the source.')
    this.#follow()
  }

  /** Says below the source what there is to say, such as why nothing is shaded. */
  say(text) {
    this.#note.textContent = text
  }

  #follow() {
    this.#marks.scrollTop = this.#field.scrollTop
  }
}

function* marked(source, spans) {
  let at = 0
  for (const [start, end] of spans) {
    yield source.slice(at, start)
    yield make('mark', { text: source.slice(start, end) })
    at = end
  }
  // A last line that is empty has no height in a block, but has one in a text field.
  yield `${source.slice(at)}\n`
}
