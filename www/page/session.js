import { load } from './package.js'
import { pricePerToken } from './price.js'

const namespace = 'playground'
const quietBeforeFlush = 800

/** Holds the one instance of the package, for one model at a time. */
export class Session {
  #instance
  #opening
  #model
  #price = null
  #flush
  #listeners
  #kept

  /** `listeners` are the package's events by name; `kept` is told whether everything is in the store. */
  constructor({ listeners, kept }) {
    this.#listeners = listeners
    this.#kept = kept
    addEventListener('pagehide', () => this.#instance?.flush().catch(() => {}))
    document.addEventListener('visibilitychange', () => this.flushSoon(0))
  }

  /** The model of the last instance that could be made. */
  get model() {
    return this.#model
  }

  /** Dollars an input token, or null where no price is known. */
  get price() {
    return this.#price
  }

  /** Gives the instance for `model`, made when it is a new one; the one before stays when that fails. */
  async use(model) {
    // One after the other: two instances that write to the same store at once would lose each other's figures.
    const before = this.#opening
    const own = (async () => {
      await before?.catch(() => {})
      return model === this.#model && this.#instance ? this.#instance : this.#open(model)
    })()
    this.#opening = own
    return own
  }

  async #open(model) {
    const { createTrimtab } = await load().catch(missing)
    await this.#instance?.flush()
    const made = await createTrimtab({ model, namespace })
    for (const [event, listener] of Object.entries(this.#listeners)) made.on(event, listener)
    this.#instance?.dispose()
    this.#instance = made
    this.#price = await pricePerToken(createTrimtab, model).catch(() => null)
    this.#model = model
    return made
  }

  /** Writes to the store once things are quiet. */
  flushSoon(delay = quietBeforeFlush) {
    clearTimeout(this.#flush)
    this.#kept(false)
    this.#flush = setTimeout(() => this.#write(), delay)
  }

  async #write() {
    try {
      await this.#instance?.flush()
      this.#kept(true)
    } catch {
      // A store that fails is told by the `storageerror` event; the page goes on.
    }
  }
}

function missing(cause) {
  const message = 'pkg/ is not where this page looks for it: build it with npm run build, and serve it beside the page'
  throw Object.assign(new Error(message, { cause }), { code: 'package_missing' })
}
