// Which slot a key has. A map does it, but for long keys, which V8 hashes by their length alone above 16,383 characters.

/** From here on keys are looked for by a fingerprint. */
const long = 16_384

/** So many characters of a longer key make its fingerprint. */
const sampled = 32

/**
 * A hash of all of a short key and of a sample of a longer one: 32 bits. Two keys may share one, so nothing but a search or a
 * guess may rest on it. FNV-1a over UTF-16 units.
 * @internal
 */
export function fingerprint(key: string): number {
  const { length } = key
  let hash = 0x811c9dc5 ^ length
  if (length <= 2 * sampled) {
    for (let at = 0; at < length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  } else {
    // Keys of one kind differ at their ends, and prompts anywhere.
    const step = (length - sampled) / sampled
    for (let at = 0; at < sampled; at++) hash = Math.imul(hash ^ key.charCodeAt(Math.floor(at * step)), 0x01000193)
    for (let at = length - sampled; at < length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0
}

/**
 * Slots by key, and keys by slot.
 * @internal
 */
export class Slots {
  readonly #short = new Map<string, number>()
  readonly #long = new Map<number, number[]>()
  readonly #keys: (string | undefined)[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  get(key: string): number | undefined {
    if (key.length < long) return this.#short.get(key)
    return this.#long.get(fingerprint(key))?.find((slot) => this.#keys[slot] === key)
  }

  /** Notes a key that has no slot yet. */
  add(key: string, slot: number): void {
    this.#size++
    this.#keys[slot] = key
    if (key.length < long) {
      this.#short.set(key, slot)
      return
    }
    const print = fingerprint(key)
    const others = this.#long.get(print)
    if (others) others.push(slot)
    else this.#long.set(print, [slot])
  }

  remove(slot: number): void {
    const key = this.#keys[slot]
    if (key === undefined) return
    this.#size--
    this.#keys[slot] = undefined
    if (key.length < long) this.#short.delete(key)
    else this.#removeLong(fingerprint(key), slot)
  }

  #removeLong(print: number, slot: number): void {
    const others = this.#long.get(print)?.filter((other) => other !== slot) ?? []
    if (others.length > 0) this.#long.set(print, others)
    else this.#long.delete(print)
  }

  clear(): void {
    this.#short.clear()
    this.#long.clear()
    this.#keys.length = 0
    this.#size = 0
  }
}
