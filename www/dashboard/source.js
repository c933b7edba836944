// What the dashboard shows: what was measured in this browser, a file that was imported, or generated data.

import { compiledCore, load } from '../page/package.js'
import { demoRecords } from './demo.js'

/** The namespace of the application whose figures are shown, from the address: `?namespace=my-app`. */
export const namespaceOf = (address) => new URL(address).searchParams.get('namespace') || 'playground'

const compiling = compiledCore()

/** Holds the one instance of the package that answers, and says what kind of data it has. */
export class Source {
  #namespace
  #listeners
  #instance
  /** `stored`, `imported` or `demo`. */
  kind = 'stored'

  /** `listeners` are the package's events by name. */
  constructor({ namespace, listeners }) {
    this.#namespace = namespace
    this.#listeners = listeners
  }

  get namespace() {
    return this.#namespace
  }

  /** The place that the figures come from: `indexeddb`, `localstorage` or `memory`. */
  get store() {
    return this.#instance.store
  }

  get metrics() {
    return this.#instance.metrics
  }

  get alerts() {
    return this.#instance.alerts
  }

  /** Writes what was set to the store. A store that fails is told by its event. */
  flush() {
    return this.#instance.flush()
  }

  /** Opens what was measured here. */
  openStored() {
    return this.#open('stored', { store: 'auto' })
  }

  /** Opens an export of another browser, a Worker or a server, in memory: what was measured here stays as it is. */
  openImported(json) {
    return this.#open('imported', { store: 'memory' }, json)
  }

  /** Opens generated records, in memory. */
  openDemo(now) {
    return this.#open('demo', { store: 'memory' }, demoRecords(now))
  }

  async #open(kind, options, json) {
    const [{ createTrimtab }, wasm] = await Promise.all([load(), compiling])
    // Nothing is counted here, so the smallest vocabulary will do.
    const common = { namespace: this.#namespace, encoding: 'r50k_base', ids: false, ...(wasm && { wasm }) }
    const made = await createTrimtab({ ...common, ...options })
    try {
      if (json !== undefined) requireRecords(made.metrics.import(json))
    } catch (error) {
      made.dispose()
      throw error
    }
    for (const [event, listener] of Object.entries(this.#listeners)) made.on(event, listener)
    this.#instance?.dispose()
    this.#instance = made
    this.kind = kind
  }
}

function requireRecords({ added, refused }) {
  if (added > 0) return
  const message = refused > 0 ? `all ${refused} records of the file were refused` : 'the file has no records'
  throw Object.assign(new Error(message), { code: 'invalid_input' })
}
