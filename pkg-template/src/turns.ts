// Alerts are evaluated by one instance at a time, with what all have measured: so each crossing fires once, whoever sees it.

import type { Core } from '#core-glue'
import type { Alert } from './alerts'
import type { Emitter } from './events'
import type { Persistence } from './store'

/** How long what other tabs wrote gathers before it is looked at, in ms. */
const gather = 1000
/** The record in the store that says how every alert stands. */
const standing = 'alerts'

interface Insides {
  core: Core
  persistence: Persistence
  events: Emitter
  now: () => number
}

/** Takes turns with the other instances that have the same store. */
export class Turns {
  readonly #insides: Insides
  #underWay: Promise<void> | undefined
  #wanted = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @internal */
  constructor(insides: Insides) {
    this.#insides = insides
  }

  /** Calls `look` some time after another tab measured something, if there are rules: the sum may be across. */
  watch(look: () => void): void {
    const { core, persistence, events } = this.#insides
    events.on('changed', () => {
      if (this.#timer !== undefined || persistence.isClosed || !core.watches()) return
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        look()
      }, gather)
    })
  }

  /** Takes a turn, after the one under way if there is one. */
  take(): void {
    this.#wanted = true
    this.#underWay ??= this.#all().finally(() => {
      this.#underWay = undefined
    })
  }

  /** Waits for the turns that were asked for. */
  async settled(): Promise<void> {
    await this.#underWay
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  async #all(): Promise<void> {
    while (this.#wanted) {
      this.#wanted = false
      await this.#insides.persistence.alone(standing, () => this.#turn())
    }
  }

  /**
   * What is told is written first, so that a page that is closed meanwhile does not tell it again. Where the store fails,
   * this instance goes by what it knows itself.
   */
  async #turn(): Promise<void> {
    const { core, persistence, events, now } = this.#insides
    await persistence.refresh()
    await persistence.fetch([standing])
    if (persistence.isClosed) return
    const alerts = JSON.parse(core.take_turn(now())) as Alert[]
    await persistence.flush()
    for (const alert of alerts) events.emit('alert', alert)
  }
}
