// When to write: the core knows what changed, and its storage room how to write it.

import type { Core } from '#core-glue'
import { asTrimtabError, attempt, TrimtabError } from './errors'
import type { Emitter } from './events'
import { alone } from './exclusive'
import type { Store, StoreKind, TrimtabOptions } from './types'

const kinds: StoreKind[] = ['auto', 'indexeddb', 'localstorage', 'memory']

/** How long changes gather before they are written together, in ms. */
const writeBehind = 250

/**
 * Opens the store and reads what it holds. A store that fails is reported, and memory takes its place.
 * @internal
 */
export async function openStore(
  core: Core,
  { store = 'auto', namespace = 'default' }: TrimtabOptions,
  events: Emitter,
  now: () => number,
): Promise<Persistence> {
  const known = typeof store === 'string' ? kinds.includes(store) : typeof store === 'object' && store !== null
  if (!known) throw new TrimtabError('invalid_input', `store must be one of ${kinds.join(', ')} or a Store object`)
  const persistence = new Persistence(core, events, now)
  await persistence.open(store, namespace)
  return persistence
}

interface Opened {
  kind: string
  failures: unknown[]
}

const isAbsence = (failure: unknown): boolean => asTrimtabError(failure).code === 'storage_unavailable'

/** Writes behind, and never lets a failing store reach the caller's request. */
export class Persistence {
  kind = 'memory'
  #opened = 'memory'
  readonly #core: Core
  readonly #events: Emitter
  readonly #now: () => number
  #namespace = ''
  #store: Store | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false
  #loading = false
  #cleaning = false
  #writing: Promise<void> = Promise.resolve()
  #stopListening = () => {}
  #others: OtherTabs | undefined

  /** @internal */
  constructor(core: Core, events: Emitter, now: () => number) {
    this.#core = core
    this.#events = events
    this.#now = now
  }

  async open(store: StoreKind | Store, namespace: string): Promise<void> {
    try {
      const { kind, failures } = (await this.#core.open_store(store, namespace, this.#now())) as Opened
      this.kind = kind
      this.#opened = kind
      // Where `auto` passes over a store that this runtime lacks, nothing failed.
      this.#reportSoon(store === 'auto' ? failures.filter((failure) => !isAbsence(failure)) : failures)
    } catch (error) {
      if (asTrimtabError(error).code === 'invalid_input') throw asTrimtabError(error)
      this.#reportSoon([error])
    }
    if (this.kind === 'memory') return
    this.#namespace = namespace
    if (typeof store === 'object') this.#store = store
    const stopHiding = onHidden(() => void this.flush())
    if (this.kind !== 'external') this.#others = otherTabs(namespace, (keys) => void this.#forget(keys))
    this.#stopListening = () => {
      stopHiding()
      this.#others?.close()
    }
  }

  /** What another tab wrote is read anew when it is asked for; how alerts stand, at once. */
  async #forget(keys: string[]): Promise<void> {
    if (this.#closed) return
    attempt(() => this.#core.forget(keys, this.#now()), undefined)
    const alerts = keys.filter((key) => key === 'alerts')
    if (alerts.length > 0) await this.fetch(alerts)
    if (alerts.length > 0 || keys.some((key) => key.startsWith('metrics:'))) this.#events.emit('changed', undefined)
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /**
   * Runs `work` while no other instance with this store does what has the same name, as far as the store or the runtime
   * can promise that. It runs in any case, and never throws.
   */
  async alone(name: string, work: () => Promise<void>): Promise<void> {
    let begun = false
    const once = async () => {
      if (begun) return
      begun = true
      await work()
    }
    try {
      await alone(this.#store, `trimtab:${this.#namespace}:${name}`, once)
    } catch (error) {
      this.#report(error)
    }
    await once().catch((error) => this.#report(error))
  }

  /** Says that there may be something to write. */
  changed(): void {
    if (this.kind === 'memory' || this.#timer !== undefined || this.#closed) return
    this.#timer = setTimeout(() => void this.flush(), writeBehind)
    // Node, Deno and Bun must not be kept alive by it; `flush()` is there for whoever wants to be sure.
    ;(this.#timer as { unref?: () => void }).unref?.()
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#closed) return
    // One after another: of two writes to one key the later must be the last, in whatever order a store does them.
    this.#writing = this.#writing.then(() => this.#write())
    await this.#writing
  }

  async #write(): Promise<void> {
    if (this.#closed) return
    try {
      const keys = (await this.#core.flush(this.#now())) as string[]
      if (keys.length > 0) this.#wrote(keys)
      this.kind = this.#opened
    } catch (error) {
      this.#report(error)
      // There was no space, not even after the entries worth least had left: on in memory, unless a flush succeeds.
      if (asTrimtabError(error).code === 'storage_full') this.kind = 'memory'
    }
  }

  #wrote(keys: string[]): void {
    this.#others?.tell(keys)
    if (this.#cleaning) return
    this.#cleaning = true
    atIdle(() => void this.#clean())
  }

  /** Removes some of what is over, unless another tab is at it; what that changes is written, and then it goes on. */
  async #clean(): Promise<void> {
    const clean = () => !this.#closed && this.#core.clean(this.#now())
    const cleaned = await unlessBusy(`trimtab:${this.#namespace}:clean`, clean).catch(() => 0)
    this.#cleaning = false
    if (cleaned) this.changed()
  }

  /** Forgets every entry, here and in the store. */
  async clear(): Promise<void> {
    if (this.#closed) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    const clear = async () => {
      const keys = (await this.#core.clear_store(this.#now())) as string[]
      if (keys.length > 0) this.#others?.tell(keys)
    }
    this.#writing = this.#writing.then(clear).catch((error) => this.#report(error))
    await this.#writing
  }

  /** Reads entries that memory does not have. */
  async fetch(keys: string[]): Promise<void> {
    if (this.#closed) return
    try {
      await this.#core.fetch(keys, this.#now())
    } catch (error) {
      this.#report(error)
    }
  }

  /**
   * Loads what is likely to be asked for next from a store that is not in memory as a whole. It takes no space from what
   * is there, and a failure is not worth telling: what was not loaded is read when it is asked for.
   */
  async loadAhead(): Promise<void> {
    if (this.kind !== 'external' || this.#loading || this.#closed) return
    this.#loading = true
    const keys = await (this.#core.load_ahead(this.#now()) as Promise<string[]>).catch(() => [])
    this.#loading = false
    this.toldAhead(keys)
  }

  /** Tells that entries are there before they were asked for. */
  toldAhead(keys: string[]): void {
    if (keys.length > 0) this.#events.emit('prefetch', { keys })
  }

  /** Reads what others have measured; what is not yet written is written first. */
  async refresh(): Promise<boolean> {
    await this.flush()
    if (this.#closed) return false
    try {
      return (await this.#core.refresh(this.#now())) as boolean
    } catch (error) {
      this.#report(error)
      return false
    }
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#closed = true
    this.#stopListening()
  }

  /** Reports once whoever awaits the instance has had the chance to listen. */
  #reportSoon(failures: unknown[]): void {
    if (failures.length === 0) return
    setTimeout(() => {
      for (const failure of failures) this.#report(failure)
    }, 0)
  }

  #report(thrown: unknown): void {
    this.#events.emit('storageerror', { error: asTrimtabError(thrown, 'storage_unavailable'), store: this.kind })
  }
}

/** Does something when nothing else is to be done. */
export function atIdle(work: () => void): void {
  const { requestIdleCallback } = globalThis
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work)
  else (setTimeout(work, 0) as { unref?: () => void }).unref?.()
}

/**
 * Does something unless another tab is doing it. Without Web Locks each tab does it: what is removed twice is removed once.
 */
async function unlessBusy<T>(name: string, work: () => T): Promise<T | undefined> {
  const locks = attempt(() => globalThis.navigator?.locks, undefined)
  if (typeof locks?.request !== 'function') return work()
  return locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined)) as Promise<T | undefined>
}

/** Calls `listener` when the page is hidden, the last moment that a browser promises. */
function onHidden(listener: () => void): () => void {
  const page = globalThis.document
  if (typeof page?.addEventListener !== 'function') return () => {}
  const hidden = () => {
    if (page.visibilityState === 'hidden') listener()
  }
  page.addEventListener('visibilitychange', hidden)
  return () => page.removeEventListener('visibilitychange', hidden)
}

interface OtherTabs {
  tell(keys: string[]): void
  close(): void
}

/**
 * The other tabs with the same store, in browsers and their workers. Elsewhere a channel reaches no other process, and an
 * open one would keep this one from ending.
 */
function otherTabs(namespace: string, changed: (keys: string[]) => void): OtherTabs | undefined {
  if (typeof globalThis.BroadcastChannel !== 'function' || !('indexedDB' in globalThis)) return
  return attempt(() => {
    const channel = new BroadcastChannel(`trimtab:${namespace}`)
    channel.onmessage = ({ data }) => {
      if (Array.isArray(data) && data.every((key) => typeof key === 'string')) changed(data)
    }
    return { tell: (keys: string[]) => channel.postMessage(keys), close: () => channel.close() }
  }, undefined)
}
