import { CacheLedger } from '#core-glue'
import { fingerprint, Slots } from './cache-slots'
import { attempt, TrimtabError } from './errors'
import { core } from './runtime'
import type { CacheOptions, CacheStats, SetOptions } from './types'

/** Makes a cache in memory alone: synchronous, with the same policies, for values of any kind. */
export async function createCache<V = unknown>(options: CacheOptions & { now?: () => number } = {}): Promise<Cache<V>> {
  const memory = await core.start()
  const { now = Date.now, ...rest } = options
  const ledger = attempt(() => new CacheLedger(rest))
  return new Cache<V>(ledger, memory, now, rest.ttl ?? Number.POSITIVE_INFINITY)
}

/** How many reads are told to the policy at once: crossing over costs more than the policy itself. */
const batch = 64

/**
 * A bounded map. `capacity` is in the unit of the weights.
 *
 * Keys and values stay here, and the core's ledger decides over numbered slots alone: a key that crossed over would cost
 * more than all the rest.
 */
export class Cache<V> {
  readonly #ledger: CacheLedger
  readonly #memory: WebAssembly.Memory
  readonly #now: () => number
  readonly #ttl: number
  readonly #slots = new Slots()
  readonly #values: (V | undefined)[] = []
  /** When the entry of each slot expires; empty until one does at all, so that the clock need not be asked. */
  readonly #deadlines: number[] = []
  readonly #read = new Uint32Array(batch)
  /** Where the ledger looks for them. */
  #told = new Uint32Array()
  #reads = 0
  #misses = 0
  #expiring = false

  /** @internal */
  constructor(ledger: CacheLedger, memory: WebAssembly.Memory, now: () => number, ttl: number) {
    this.#ledger = ledger
    this.#memory = memory
    this.#now = now
    this.#ttl = ttl
  }

  get(key: string): V | undefined {
    const slot = this.#slots.get(key)
    if (slot === undefined || (this.#expiring && this.#isOver(slot))) return this.#missed(slot)
    this.#read[this.#reads++] = slot
    if (this.#reads === batch) this.#tell()
    return this.#values[slot]
  }

  /** Tells whether the value was kept: one heavier than the capacity is not. */
  set(key: string, value: V, options?: SetOptions): boolean {
    if (options !== undefined) checked(options)
    const { weight = 1, cost = Number.NaN, ttl } = options ?? none
    const older = this.#slots.get(key)
    if (this.#reads > 0) this.#tell()
    const now = this.#expiring || ttl !== undefined || this.#ttl !== Number.POSITIVE_INFINITY ? this.#now() : 0
    const print = fingerprint(key)
    const told = this.#ledger.set(older ?? -1, print, weight, cost, ttl ?? Number.NaN, now)
    const slot = told % left
    if (told !== slot) this.#forgetLeft(told, slot)
    if (older !== undefined && older !== slot) this.#forget(older)
    if (slot < 0) return false
    if (older !== slot) this.#slots.add(key, slot)
    this.#values[slot] = value
    this.#date(slot, now + (ttl ?? this.#ttl))
    return true
  }

  has(key: string): boolean {
    return this.#find(key) !== undefined
  }

  /** Reads without counting it as a use. */
  peek(key: string): V | undefined {
    const slot = this.#find(key)
    return slot === undefined ? undefined : this.#values[slot]
  }

  delete(key: string): boolean {
    const slot = this.#slots.get(key)
    return slot !== undefined && this.#remove(slot)
  }

  clear(): void {
    this.#tell()
    this.#ledger.clear()
    this.#slots.clear()
    this.#values.length = 0
    this.#deadlines.length = 0
  }

  get size(): number {
    return this.#slots.size
  }

  get stats(): CacheStats {
    this.#tell()
    return this.#ledger.stats()
  }

  #find(key: string): number | undefined {
    const slot = this.#slots.get(key)
    return slot !== undefined && this.#expiring && this.#isOver(slot) ? undefined : slot
  }

  #isOver(slot: number): boolean {
    return (this.#deadlines[slot] as number) <= this.#now()
  }

  #missed(slot: number | undefined): undefined {
    this.#misses++
    if (slot !== undefined) this.#remove(slot)
  }

  /** Takes the entry out, and tells whether it was live. */
  #remove(slot: number): boolean {
    if (this.#reads > 0) this.#tell()
    const wasLive = this.#ledger.remove(slot, this.#expiring ? this.#now() : 0)
    this.#forget(slot)
    return wasLive
  }

  #date(slot: number, deadline: number): void {
    if (!this.#expiring && deadline !== Number.POSITIVE_INFINITY) {
      this.#expiring = true
      for (let at = 0; at < this.#values.length; at++) this.#deadlines[at] = Number.POSITIVE_INFINITY
    }
    if (this.#expiring) this.#deadlines[slot] = deadline
  }

  /** Tells the ledger of the reads since the last time: before anything that depends on them. */
  #tell(): void {
    // Empty at first, and again whenever the memory has grown.
    if (this.#told.length === 0) this.#told = new Uint32Array(this.#memory.buffer, this.#ledger.reads(), batch)
    for (let at = 0; at < this.#reads; at++) this.#told[at] = this.#read[at] as number
    this.#ledger.told(this.#reads, this.#misses)
    this.#reads = 0
    this.#misses = 0
  }

  #forgetLeft(told: number, slot: number): void {
    if (told < 2 * left) this.#forget(slot)
    else for (const gone of this.#ledger.take_left()) this.#forget(gone)
  }

  #forget(slot: number): void {
    this.#slots.remove(slot)
    this.#values[slot] = undefined
  }
}

const none: SetOptions = {}

/** What the ledger adds to a slot for each entry that left. */
const left = 2 ** 32

/**
 * Refuses options that are no numbers.
 * @internal
 */
export function checked(options: SetOptions): SetOptions {
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && !(typeof value === 'number' && value >= 0)) {
      throw new TrimtabError('invalid_input', `${name} must be a number that is not negative, not ${String(value)}`)
    }
  }
  return options
}
