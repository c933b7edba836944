// Moves strings into a module's memory: `encodeInto` writes there directly, an order of magnitude faster than the
// generated glue, which copies character by character until the first one that is not ASCII.

/** Something in a module with a buffer for text. */
export interface TextTarget {
  /** Makes room for `length` bytes, keeping what was written, and gives its address. */
  reserve(length: number): number
}

/** Above this many bytes the module gives the buffer back when it is done with the text. */
const kept = 1 << 20

let encoder: TextEncoder | undefined

/** The buffer of one target. */
export class TextInput {
  readonly #memory: WebAssembly.Memory
  readonly #target: TextTarget
  #view = new Uint8Array()

  constructor(memory: WebAssembly.Memory, target: TextTarget) {
    this.#memory = memory
    this.#target = target
  }

  /** Writes `text` as UTF-8 and gives its length in bytes; lone surrogates become U+FFFD. */
  write(text: string): number {
    encoder ??= new TextEncoder()
    // Most text is ASCII, so one byte a unit is reserved first, and three, the most that can be, only for what is left.
    if (this.#view.length < text.length) this.#reserve(text.length)
    let { read, written } = encoder.encodeInto(text, this.#view)
    while (read < text.length) {
      this.#reserve(written + (text.length - read) * 3)
      const rest = encoder.encodeInto(text.slice(read), this.#view.subarray(written))
      read += rest.read
      written += rest.written
    }
    if (this.#view.length > kept) this.#view = new Uint8Array()
    return written
  }

  #reserve(length: number): void {
    const address = this.#target.reserve(length)
    this.#view = new Uint8Array(this.#memory.buffer, address, length)
  }
}

/** The index of the first lone surrogate, or -1 where the text is well-formed. */
export function loneSurrogate(text: string): number {
  return text.search(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/)
}
