import { atIdle } from './store'

/** Values whose makers may be called before the values are asked for. */
const most = 256

/** What may be made ahead, and what is being made. */
export class MakesAhead {
  /** By key, the one allowed last at the end. */
  readonly #makers = new Map<string, () => Promise<unknown>>()
  readonly #underWay = new Map<string, Promise<unknown>>()
  readonly #expected: () => string[]

  /** `expected` gives the keys that are likely to come next and are not there; it may throw once nothing is asked any more. */
  constructor(expected: () => string[]) {
    this.#expected = expected
  }

  /** Lets `make` be called for a key, or no longer. */
  allow(key: string, make: (() => Promise<unknown>) | false): void {
    this.#makers.delete(key)
    if (!make) return
    this.#makers.set(key, make)
    const [oldest] = this.#makers.keys()
    if (this.#makers.size > most && oldest !== undefined) this.#makers.delete(oldest)
  }

  /** Makes what is expected and may be made, each when nothing else is to be done. */
  start(): void {
    if (this.#makers.size === 0) return
    for (const key of this.#keys()) if (this.#makers.has(key)) atIdle(() => this.#make(key))
  }

  /** The value that is being made for a key, if any is; it resolves to `undefined` where making it fails. */
  underWay<V>(key: string): Promise<V | undefined> | undefined {
    return this.#underWay.get(key) as Promise<V | undefined> | undefined
  }

  /** Where it is still expected: it may have been asked for, and another one is likely now. */
  #make(key: string): void {
    const make = this.#makers.get(key)
    if (!make || this.#underWay.has(key) || !this.#keys().includes(key)) return
    // Nobody asked: a failure is told to whoever does.
    const making = make()
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, making)
  }

  #keys(): string[] {
    try {
      return this.#expected()
    } catch {
      return []
    }
  }
}
