// When to look again: when something was recorded, here or in another tab, and once a second at most.

import { byId } from '../page/dom.js'

const leastPause = 1000

export class Live {
  #refresh
  #paused = false
  #timer
  #last = 0
  #asked = false

  /** `refresh` reads and shows anew; it may take its time, and is not called again before it is done. */
  constructor(refresh) {
    this.#refresh = refresh
    byId('live').addEventListener('click', () => this.#turn(!this.#paused))
    document.addEventListener('visibilitychange', () => this.#asked && this.ask())
  }

  /** Says that there is something new. */
  ask() {
    this.#asked = true
    if (this.#paused || document.hidden || this.#timer !== undefined) return
    this.#timer = setTimeout(() => this.#run(), Math.max(0, this.#last + leastPause - Date.now()))
  }

  async #run() {
    this.#asked = false
    try {
      await this.#refresh()
    } finally {
      this.#last = Date.now()
      this.#timer = undefined
      if (this.#asked) this.ask()
    }
  }

  #turn(paused) {
    this.#paused = paused
    byId('live').setAttribute('aria-pressed', String(!paused))
    byId('live-label').textContent = paused ? 'Paused' : 'Live'
    if (!paused && this.#asked) this.ask()
  }
}
