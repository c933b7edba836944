import type { Core } from '#core-glue'
import { attempt } from './errors'
import type { Persistence } from './store'
import type { AlertRule } from './types'

/** A rule as it was set, and how it stands. */
export interface ListedAlert extends AlertRule {
  firing: boolean
  /** When it fired, or null. */
  since: number | null
  /** The value now, or null where too little is measured. */
  value: number | null
}

/** An alert that fired or was resolved. */
export interface Alert {
  rule: string
  state: 'firing' | 'resolved'
  value: number
  projected: boolean
  threshold: number
  window: string
  /** Which records, as JSON; empty where all count. */
  where: string
  at: number
  message: string
}

/** The rules that watch the metrics. */
export class Alerts {
  readonly #core: () => Core
  readonly #persistence: Persistence
  readonly #now: () => number
  readonly #tell: () => void

  /** @internal */
  constructor(core: () => Core, persistence: Persistence, now: () => number, tell: () => void) {
    this.#core = core
    this.#persistence = persistence
    this.#now = now
    this.#tell = tell
  }

  /** The rules, and how they stand. */
  list(): ListedAlert[] {
    return this.#ask('alerts')
  }

  /** Puts `rules` in the place of all; one that stays keeps its state. Kept in the store. */
  set(rules: AlertRule[]): void {
    attempt(() => this.#core().set_alerts(rules, this.#now()))
    this.#persistence.changed()
    this.#tell()
  }

  /** The last 100 alerts, newest first. */
  history(): Alert[] {
    return this.#ask('history')
  }

  /** What may be watched. */
  rules(): { rule: string; unit: string; samples: number }[] {
    return this.#ask('rules')
  }

  #ask<T>(question: string): T {
    return JSON.parse(attempt(() => this.#core().ask(question, {}, this.#now()))) as T
  }
}
