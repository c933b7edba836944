import { byId } from './dom.js'
import { count } from './format.js'

/** The budget: a number of tokens or a share of the source, whichever was set last, or none. */
export class BudgetControl {
  #limited = byId('limited')
  #tokens = byId('budget')
  #share = byId('share')
  #note = byId('share-text')
  #kept = byId('gauge-kept')
  #frame = byId('load')
  #source = 0
  #fixed = null

  constructor(changed) {
    const on = (element, listener) =>
      element.addEventListener('input', () => {
        listener()
        this.#show()
        changed()
      })
    on(this.#limited, () => {})
    on(this.#share, () => {
      this.#fixed = null
    })
    on(this.#tokens, () => {
      this.#fixed = this.#tokens.value === '' ? null : this.#tokens.valueAsNumber
    })
  }

  /** The tokens that may be spent, or undefined for no limit. */
  get tokens() {
    if (!this.#limited.checked) return undefined
    return this.#fixed ?? Math.floor((this.#source * this.#share.valueAsNumber) / 100)
  }

  /** Sets a number of tokens. */
  fix(tokens) {
    this.#limited.checked = true
    this.#fixed = tokens
    this.#tokens.value = String(tokens)
    this.#show()
  }

  /** Sets a share of the source in percent, or none. */
  portion(percent) {
    this.#limited.checked = percent !== null
    this.#fixed = null
    if (percent !== null) this.#share.value = String(percent)
    this.#show()
  }

  /** Says how many tokens the source has. */
  measure(source) {
    this.#source = source
    this.#show()
  }

  /** Shows how much of the source was kept. */
  kept(share) {
    this.#kept.setAttribute('width', String(Math.min(Math.max(share, 0), 1) * 100))
  }

  /** Marks the number as wrong, or as right again. */
  wrong(is) {
    if (is) this.#tokens.setAttribute('aria-invalid', 'true')
    else this.#tokens.removeAttribute('aria-invalid')
  }

  #show() {
    const limited = this.#limited.checked
    this.#frame.dataset.limited = String(limited)
    this.#tokens.disabled = !limited
    this.#share.disabled = !limited
    if (this.#fixed === null) this.#tokens.value = this.#source ? String(this.tokens ?? '') : ''
    else if (this.#source) this.#share.value = String(Math.round((this.#fixed / this.#source) * 100))
    this.#note.textContent = limited ? `${this.#share.value} % of the source` : 'no limit'
    this.#share.setAttribute('aria-valuetext', `${this.#share.value} percent, ${count(this.tokens)} tokens`)
  }
}
