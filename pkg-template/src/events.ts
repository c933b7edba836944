import type { TrimtabError } from './errors'

/** What listeners are told. */
export interface Events {
  /** A rule fires or is resolved. */
  alert: unknown
  /** A record was added to the metrics. */
  record: unknown
  /** A call names a model whose price is not known. */
  unpriced: { model: string }
  /** Another tab measured something or told of an alert: `metrics.refresh()` takes it in. */
  changed: undefined
  /** The store failed: what was to be kept is in memory only, or unread. */
  storageerror: { error: TrimtabError; store: string }
  /** Entries were loaded or made ahead. */
  prefetch: { keys: string[] }
  /** The optimizer failed, and the original went out. */
  failure: { error: TrimtabError }
}

export type Listener<K extends keyof Events> = (event: Events[K]) => void

/** Calls listeners; one that throws does not keep the others, or the caller's request, from going on. */
export class Emitter {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>()

  /** Adds a listener, and gives the function that takes it away again. */
  on<K extends keyof Events>(event: K, listener: Listener<K>): () => void {
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners.add(listener as Listener<never>))
    return () => listeners.delete(listener as Listener<never>)
  }

  emit<K extends keyof Events>(event: K, detail: Events[K]): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      try {
        ;(listener as Listener<K>)(detail)
      } catch (error) {
        // As an event target would: reported, not thrown into the request.
        queueMicrotask(() => globalThis.reportError?.(error))
      }
    }
  }

  clear(): void {
    this.#listeners.clear()
  }
}
