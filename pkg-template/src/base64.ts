const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

interface Base64Bytes {
  fromBase64?: (text: string) => Uint8Array<ArrayBuffer>
}

interface WithBuffer {
  Buffer?: { from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer> }
}

/**
 * Decodes padded base64.
 *
 * The engine's own decoder is the fastest where it exists, and Node's is as fast; `atob` is not, because jsdom's takes seconds for a
 * vocabulary, and so the fallback is a table.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as Base64Bytes).fromBase64
  if (native) return native.call(Uint8Array, text)
  const buffer = (globalThis as WithBuffer).Buffer?.from(text, 'base64')
  return buffer ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length) : decode(text)
}

function decode(text: string): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(128)
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const value = (at: number) => values[text.charCodeAt(at)] ?? 0
  for (let from = 0, to = 0; from < text.length; from += 4, to += 3) {
    const quad = (value(from) << 18) | (value(from + 1) << 12) | (value(from + 2) << 6) | value(from + 3)
    bytes[to] = quad >> 16
    bytes[to + 1] = quad >> 8
    bytes[to + 2] = quad
  }
  return bytes
}
