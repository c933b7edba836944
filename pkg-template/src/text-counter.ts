// The count of a text that grows.

import type { Counting } from './counting'
import { attempt, TrimtabError } from './errors'
import type { Growing } from './runtime'

/** Counts a text that is appended to: a price for what is new, and not for what was there. */
export class TextCounter {
  readonly #growing: Growing
  readonly #counting: Counting
  /** The first half of a surrogate pair, whose other half may come. */
  #half = ''
  #disposed = false

  /** @internal */
  constructor(growing: Growing, counting: Counting) {
    this.#growing = growing
    this.#counting = counting
  }

  /** Appends `delta`, which may start and end anywhere, even within a surrogate pair. */
  append(delta: string): void {
    this.#live()
    if (typeof delta !== 'string')
      throw new TrimtabError('invalid_input', `delta must be a string, not ${typeof delta}`)
    const text = this.#half + delta
    this.#half = /[\uD800-\uDBFF]$/.exec(text)?.[0] ?? ''
    const whole = this.#half ? text.slice(0, -1) : text
    attempt(() => this.#growing.append(this.#counting.input.write(whole)))
  }

  /** The number of tokens of all that was appended: what `count` says of the whole text. */
  get count(): number {
    this.#live()
    if (!this.#half) return attempt(() => this.#growing.count())
    return attempt(() => this.#growing.count_with(this.#counting.input.write(this.#half)))
  }

  /** Frees the memory; later calls throw `disposed`. */
  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    attempt(() => this.#growing.free(), undefined)
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  #live(): void {
    if (this.#disposed) throw new TrimtabError('disposed', 'this counter was disposed of')
  }
}
