import type { Core } from '#core-glue'
import { load } from '#report'
import { attempt, TrimtabError } from './errors'
import { flat } from './flat'
import type { Persistence } from './store'

export type ExportFormat = 'json' | 'csv' | 'otlp' | 'prometheus'

/** What records can be told apart by. */
export type Dimension = 'model' | 'user' | 'task' | 'tag' | 'tier' | 'kind' | 'operation' | 'provider' | 'error'

/** Which records count: for each dimension named, one of the names must fit. */
export type Where = { [K in Dimension]?: string | string[] }

/** A stretch of time that ends `until` (now by default), and which records of it. */
export interface Window {
  hours?: number
  until?: number
  where?: Where
}

export interface Allowance {
  limit: number
  unit?: 'dollars' | 'tokens'
  period?: 'month' | 'day'
  where?: Where
}

// The answers are plain data; docs/METRICS.md names every field.
// biome-ignore lint/suspicious/noExplicitAny: a type for each field would repeat the core's
type Answer = any

/** Answers from the records: what was spent, saved and cached. */
export class Metrics {
  readonly #core: () => Core
  readonly #persistence: Persistence
  readonly #now: () => number
  readonly #refresh: () => Promise<boolean>

  /** @internal */
  constructor(core: () => Core, persistence: Persistence, now: () => number, refresh: () => Promise<boolean>) {
    this.#core = core
    this.#persistence = persistence
    this.#now = now
    this.#refresh = refresh
  }

  /** The figures since the first record. */
  snapshot({ where }: { where?: Where } = {}): Answer {
    return this.#ask('snapshot', { where })
  }

  /**
   * The last `hours` hours: figures, one row a step, breakdowns, the `top` heaviest consumers where asked for, and what the
   * data recommends.
   */
  report(window?: Window & { top?: number; format?: 'data' }): Answer
  /** The same for people; its writer is loaded on demand. */
  report(window: Window & { format: 'markdown' | 'html' }): Promise<string>
  report({
    format = 'data',
    ...window
  }: Window & { top?: number; format?: 'data' | 'markdown' | 'html' } = {}): Answer {
    if (window.top !== undefined) whole(window.top, 'top')
    const report = this.#ask('report', windowed(window))
    if (format === 'data') return report
    if (format === 'markdown') return load().then(({ toMarkdown }) => toMarkdown(report))
    if (format === 'html') return load().then(({ toHtml }) => toHtml(report))
    throw new TrimtabError('invalid_input', `format must be data, markdown or html, not ${String(format)}`)
  }

  /** One series, or one for each name of the dimension `by`. */
  series(question: Window & { by?: Dimension; step?: 'minute' | 'hour' | 'day' } = {}): Answer {
    return this.#ask('series', windowed(question))
  }

  /** The `n` heaviest users, tasks, models and tags. */
  top(n = 10, question: Window & { by?: 'tokens' | 'cost' | 'saved' | 'operations' } = {}): Answer {
    const { by, hours, ...rest } = question
    const window = hours === undefined ? rest : { ...rest, hours: whole(hours, 'hours') }
    return this.#ask('top', { ...window, order: by, limit: whole(n, 'n') })
  }

  /** Tokens before and after, by form, tier and kind of content. */
  effectiveness(window: Window = {}): Answer {
    return this.#ask('effectiveness', windowed(window))
  }

  /** How much of an allowance is spent. */
  budget(allowance: Allowance): Answer {
    return JSON.parse(attempt(() => this.#core().budget(allowance, this.#now())))
  }

  /** The newest records, newest first. */
  records(question: Window & { limit?: number } = {}): Answer[] {
    return this.#ask('records', question)
  }

  /** The names that can be filtered by. */
  names(): Answer {
    return this.#ask('names', {})
  }

  /** The state in a format that other tools read. */
  export(format: ExportFormat = 'json', question: Window & { limit?: number } = {}): string {
    return attempt(() => this.#core().export(format, question, this.#now()))
  }

  /**
   * Takes in what `export('json')` wrote, or records as JSON lines: `{ added, skipped, refused }`. What is known already
   * is skipped.
   */
  import(text: string): { added: number; skipped: number; refused: number } {
    const all = { added: 0, skipped: 0, refused: 0 }
    const records = recordsOf(text)
    // In parts, because the core reads a part as a whole.
    for (let from = 0; from < records.length; from += part) {
      const { shape, texts } = flat(records.slice(from, from + part))
      const imported = JSON.parse(attempt(() => this.#core().import(shape, texts, this.#now()))) as typeof all
      for (const key of ['added', 'skipped', 'refused'] as const) all[key] += imported[key]
    }
    this.#persistence.changed()
    return all
  }

  /** Reads what other tabs or isolates measured since; true where something is new. */
  async refresh(): Promise<boolean> {
    return this.#refresh()
  }

  /** Forgets all records, in the store too. */
  clear(): void {
    attempt(() => this.#core().clear_metrics())
    this.#persistence.changed()
  }

  #ask(question: string, query: object): Answer {
    return JSON.parse(attempt(() => this.#core().ask(question, query, this.#now())))
  }
}

/** Records handed over at once. */
const part = 10_000

function recordsOf(text: string): unknown[] {
  const whole = parsed(text)
  const list = Array.isArray(whole) ? whole : (whole as { records?: unknown })?.records
  if (Array.isArray(list)) return list
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const records = lines.map(parsed)
  if (lines.length > 0 && records[0] !== undefined) return records
  throw new TrimtabError('invalid_input', 'this is neither an export of metrics nor records as JSON lines')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function windowed<T extends Window>({ hours = 24, ...rest }: T): object {
  return { ...rest, hours: whole(hours, 'hours') }
}

function whole(value: number, name: string): number {
  if (Number.isInteger(value) && value > 0 && value < 2 ** 32) return value
  throw new TrimtabError('invalid_input', `${name} must be a whole number above 0, not ${value}`)
}
