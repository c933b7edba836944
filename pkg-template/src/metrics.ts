import type { Core } from '#core-glue'
import { attempt, TrimtabError } from './errors'

export type ExportFormat = 'json' | 'csv' | 'otlp' | 'prometheus'

/** A window that reaches back from now. */
export interface Window {
  hours?: number
}

// The answers are plain data; docs/METRICS.md names every field.
// biome-ignore lint/suspicious/noExplicitAny: a type for each field would repeat the core's
type Answer = any

/** Answers from the records: what was spent, saved and cached. */
export class Metrics {
  readonly #core: () => Core
  readonly #now: () => number

  /** @internal */
  constructor(core: () => Core, now: () => number) {
    this.#core = core
    this.#now = now
  }

  /** The totals since the first record. */
  snapshot(): Answer {
    return this.#ask((core) => core.snapshot(this.#now()))
  }

  /** The last `hours` hours: totals, one row an hour, and what the data recommends. */
  report({ hours = 24 }: Window = {}): Answer {
    return this.#ask((core) => core.report(this.#now(), whole(hours, 'hours')))
  }

  /** The `n` heaviest users, tasks, models and tags. */
  top(n = 10): Answer {
    return this.#ask((core) => core.top(whole(n, 'n')))
  }

  /** Tokens before and after, by form, tier and kind of content. */
  effectiveness({ hours = 24 }: Window = {}): Answer {
    return this.#ask((core) => core.effectiveness(this.#now(), whole(hours, 'hours')))
  }

  /** The state in a format that other tools read. */
  export(format: ExportFormat = 'json'): string {
    return this.#ask((core) => core.export(format, this.#now()))
  }

  #ask<T>(question: (core: Core) => T): T {
    return attempt(() => question(this.#core()))
  }
}

function whole(value: number, name: string): number {
  if (Number.isInteger(value) && value > 0 && value < 2 ** 32) return value
  throw new TrimtabError('invalid_input', `${name} must be a whole number above 0, not ${value}`)
}
