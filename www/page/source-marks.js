import { leftOut, regionsOf } from './alignment.js'
import { byId, make } from './dom.js'
import { piecesOf } from './markers.js'

// Aligning is quick, but laying out a second copy of a very long text is not.
const mostMarked = 200_000

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
    this.#say('')
  }

  /** Marks what `result` left out of `input`. */
  show(source, input, result) {
    this.clear()
    if (result.omitted.length === 0) return this.#say('Nothing was left out.')
    if (source.length > mostMarked) return this.#say('The source is too long to shade what was left out of it.')
    const kept = piecesOf(result.text, result.omitted).flatMap(({ text }) => text?.split('…') ?? [])
    const spans = leftOut(source, kept, regionsOf(source, input), input.encode)
    if (!spans) return this.#say('The text was rewritten in a shorter form, so the source is not shaded.')
    this.#marks.append(...marked(source, spans))
    this.#say('What was left out is shaded in the source.')
    this.#follow()
  }

  #follow() {
    this.#marks.scrollTop = this.#field.scrollTop
  }

  #say(text) {
    this.#note.textContent = text
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
