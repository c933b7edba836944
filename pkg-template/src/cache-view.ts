import type { Core } from '#core-glue'
import { checked } from './cache'
import { attempt, TrimtabError } from './errors'
import { MakesAhead } from './makes-ahead'
import type { Persistence } from './store'
import type { CacheStats, SetOptions } from './types'

/** The caller's own values in the instance's cache. What it takes is what JSON takes, and bytes. */
export class CacheView {
  readonly #core: () => Core
  readonly #persistence: Persistence
  readonly #now: () => number
  readonly #underWay = new Map<string, Promise<unknown>>()
  readonly #ahead = new MakesAhead(() => attempt(() => this.#core().cache_expected(this.#now())))

  /** @internal */
  constructor(core: () => Core, persistence: Persistence, now: () => number) {
    this.#core = core
    this.#persistence = persistence
    this.#now = now
  }

  async get<V = unknown>(key: string): Promise<V | undefined> {
    await this.#fetch(key)
    const bytes = attempt(() => this.#core().cache_get(text(key), this.#now()))
    this.#lookAhead()
    return bytes && (unwrapped(bytes) as V)
  }

  /** Tells whether the value was kept: one heavier than the capacity is not. `weight` is its bytes by default. */
  async set(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    const bytes = bytesOf(value)
    return this.#keep(key, bytes, { weight: bytes.length, ...options })
  }

  #keep(key: string, bytes: Uint8Array, options: SetOptions): boolean {
    const kept = attempt(() => this.#core().cache_set(text(key), bytes, checked(options), this.#now()))
    this.#persistence.changed()
    return kept
  }

  /**
   * Reads the value under `key`, or makes and keeps it. Calls for one key at the same time make it once.
   *
   * With `stale`, a value that is over by less than that many ms is given at once, and made anew behind it: a failure then
   * leaves the older value, until it is over for good. `ttl` is how long a value is fresh, a week by default.
   *
   * With `ahead`, `make` may be called again before the next call for this key, when that is likely to come next, the value
   * is not there, and nothing else is to be done: an optimization that takes long is then there when it is asked for.
   */
  async getOrSet<V = unknown>(key: string, make: () => V | Promise<V>, options: GetOrSetOptions = {}): Promise<V> {
    const { ttl = week, stale = 0, ahead = false, ...rest } = options
    checked({ ttl: stale })
    await this.#fetch(key)
    const bytes = attempt(() => this.#core().cache_get(text(key), this.#now()))
    this.#ahead.allow(key, ahead && (() => this.#makeAhead(key, make, { ...rest, ttl }, stale)))
    this.#lookAhead()
    if (!bytes) return this.#made(key, make, { ...rest, ttl }, stale)
    const isStale = freshUntil(bytes) <= this.#now()
    if (isStale) this.#made(key, make, { ...rest, ttl }, stale).catch(() => {})
    return unwrapped(bytes) as V
  }

  /** Makes and keeps a value, once for all who ask at the same time. */
  #made<V>(key: string, make: () => V | Promise<V>, options: SetOptions & { ttl: number }, stale: number): Promise<V> {
    const underWay = this.#underWay.get(key) as Promise<V> | undefined
    if (underWay) return underWay
    const making = (async () => {
      const ahead = this.#ahead.underWay<V>(key)
      const value = (ahead && (await ahead)) ?? (await make())
      this.#keep(key, ...this.#dated(value, options, stale))
      return value
    })().finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, making)
    return making
  }

  #dated(value: unknown, options: SetOptions & { ttl: number }, stale: number): [Uint8Array, SetOptions] {
    const bytes = dated(this.#now() + options.ttl, bytesOf(value))
    return [bytes, { weight: bytes.length, ...options, ttl: options.ttl + stale }]
  }

  /** Loads what is likely to be asked for next, or makes it where that is allowed. */
  #lookAhead(): void {
    this.#persistence.loadAhead().then(() => this.#ahead.start())
  }

  /** Makes and keeps a value that nobody asked for yet, where nothing has to leave for it. */
  async #makeAhead<V>(key: string, make: () => V | Promise<V>, options: SetOptions & { ttl: number }, stale: number) {
    const value = await make()
    const [bytes, set] = this.#dated(value, options, stale)
    const kept = attempt(() => this.#core().cache_set_ahead(key, bytes, checked(set), this.#now()))
    if (kept) {
      this.#persistence.changed()
      this.#persistence.toldAhead([key])
    }
    return value
  }

  async has(key: string): Promise<boolean> {
    await this.#fetch(key)
    return attempt(() => this.#core().cache_has(text(key), this.#now()))
  }

  async delete(key: string): Promise<boolean> {
    await this.#fetch(key)
    const deleted = attempt(() => this.#core().cache_delete(text(key), this.#now()))
    this.#persistence.changed()
    return deleted
  }

  /** Forgets the caller's values and everything the optimizer kept, here and in the store. */
  async clear(): Promise<void> {
    attempt(() => this.#core().cache_clear())
    await this.#persistence.clear()
  }

  get stats(): CacheStats {
    return attempt(() => this.#core().cache_stats())
  }

  async #fetch(key: string): Promise<void> {
    const missing = attempt(() => this.#core().missing_value(text(key), this.#now()))
    if (missing.length > 0) await this.#persistence.fetch(missing)
  }
}

/** What a stored value is, in its first byte. */
const rawBytes = 0
const json = 1
/** Eight bytes of a time until which it is fresh stand before it. */
const withDate = 2

const week = 7 * 24 * 3_600_000

export interface GetOrSetOptions extends SetOptions {
  /** For how long after its time a value may still be given while it is made anew, in ms. */
  stale?: number
  /** Whether the value may be made before it is asked for, when nothing else is to be done. */
  ahead?: boolean
}

function bytesOf(value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]') {
    return tagged(rawBytes, value as Uint8Array)
  }
  const written = attempt(() => JSON.stringify(value), undefined)
  if (written === undefined) {
    throw new TrimtabError('invalid_input', `a ${typeof value} can't be cached: it must be JSON or a Uint8Array`)
  }
  return tagged(json, new TextEncoder().encode(written))
}

function tagged(tag: number, bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(bytes.length + 1)
  all[0] = tag
  all.set(bytes, 1)
  return all
}

function dated(until: number, bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(bytes.length + 9)
  all[0] = withDate
  new DataView(all.buffer).setFloat64(1, until)
  all.set(bytes, 9)
  return all
}

const freshUntil = (bytes: Uint8Array): number =>
  bytes[0] === withDate ? new DataView(bytes.buffer, bytes.byteOffset).getFloat64(1) : Number.POSITIVE_INFINITY

function unwrapped(bytes: Uint8Array): unknown {
  if (bytes[0] === withDate) return unwrapped(bytes.subarray(9))
  const rest = bytes.subarray(1)
  return bytes[0] === json ? JSON.parse(new TextDecoder().decode(rest)) : rest.slice()
}

function text(key: unknown): string {
  if (typeof key === 'string') return key
  throw new TrimtabError('invalid_input', `key must be a string, not ${typeof key}`)
}
