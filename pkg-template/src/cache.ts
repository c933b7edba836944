import { type Core, MemoryCache } from '#core-glue'
import { attempt, TrimtabError } from './errors'
import { core } from './runtime'
import type { Persistence } from './store'
import type { CacheOptions, CacheStats, SetOptions } from './types'

/** Makes a cache in memory alone: synchronous, with the same policies, for values of any kind. */
export async function createCache<V = unknown>(options: CacheOptions & { now?: () => number } = {}): Promise<Cache<V>> {
  await core.start()
  const { now = Date.now, ...rest } = options
  return new Cache<V>(
    attempt(() => new MemoryCache(rest)),
    now,
  )
}

/** A bounded map. `capacity` is in the unit of the weights. */
export class Cache<V> {
  readonly #cache: MemoryCache
  readonly #now: () => number

  /** @internal */
  constructor(cache: MemoryCache, now: () => number) {
    this.#cache = cache
    this.#now = now
  }

  get(key: string): V | undefined {
    return this.#cache.get(key, this.#now()) as V | undefined
  }

  /** Tells whether the value was kept: one heavier than the capacity is not. */
  set(key: string, value: V, options: SetOptions = {}): boolean {
    return attempt(() => this.#cache.set(key, value, checked({ weight: 1, ...options }), this.#now()))
  }

  has(key: string): boolean {
    return this.#cache.has(key, this.#now())
  }

  /** Reads without counting it as a use. */
  peek(key: string): V | undefined {
    return this.#cache.peek(key, this.#now()) as V | undefined
  }

  delete(key: string): boolean {
    return this.#cache.delete(key, this.#now())
  }

  clear(): void {
    this.#cache.clear()
  }

  get size(): number {
    return this.#cache.size()
  }

  get stats(): CacheStats {
    return this.#cache.stats()
  }
}

/** The caller's own values in the instance's cache. What it takes is what JSON takes, and bytes. */
export class CacheView {
  readonly #core: () => Core
  readonly #persistence: Persistence
  readonly #now: () => number

  /** @internal */
  constructor(core: () => Core, persistence: Persistence, now: () => number) {
    this.#core = core
    this.#persistence = persistence
    this.#now = now
  }

  async get<V = unknown>(key: string): Promise<V | undefined> {
    await this.#fetch(key)
    const bytes = attempt(() => this.#core().cache_get(text(key), this.#now()))
    return bytes && (unwrapped(bytes) as V)
  }

  /** Tells whether the value was kept: one heavier than the capacity is not. `weight` is its bytes by default. */
  async set(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    const bytes = bytesOf(value)
    const all = checked({ weight: bytes.length, ...options })
    const kept = attempt(() => this.#core().cache_set(text(key), bytes, all, this.#now()))
    this.#persistence.changed()
    return kept
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
    await this.#persistence.flush()
  }

  get stats(): CacheStats {
    return attempt(() => this.#core().cache_stats())
  }

  async #fetch(key: string): Promise<void> {
    const missing = attempt(() => this.#core().missing_value(text(key), this.#now()))
    if (missing.length > 0) await this.#persistence.fetch(missing)
  }
}

const rawBytes = 0
const json = 1

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

function unwrapped(bytes: Uint8Array): unknown {
  const rest = bytes.subarray(1)
  return bytes[0] === json ? JSON.parse(new TextDecoder().decode(rest)) : rest.slice()
}

function text(key: unknown): string {
  if (typeof key === 'string') return key
  throw new TrimtabError('invalid_input', `key must be a string, not ${typeof key}`)
}

function checked(options: SetOptions): SetOptions {
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && !(typeof value === 'number' && value >= 0)) {
      throw new TrimtabError('invalid_input', `${name} must be a number that is not negative, not ${String(value)}`)
    }
  }
  return options
}
