// jsdom inside jest has neither TextDecoder nor TextEncoder, and the generated glue makes one of each at import. The
// build puts these two names in place of the globals, so that importing works everywhere; where the globals exist
// they are what is used.

/** Decodes UTF-8 as `new TextDecoder('utf-8', { ignoreBOM: true })` does: malformed parts become U+FFFD. */
class FallbackDecoder {
  decode(bytes: Uint8Array = new Uint8Array()): string {
    const parts: string[] = []
    for (let at = 0; at < bytes.length; ) {
      const [point, length] = codePoint(bytes, at)
      parts.push(String.fromCodePoint(point))
      at += length
    }
    return parts.join('')
  }
}

/** Encodes UTF-8; a lone surrogate becomes U+FFFD, as the standard says. */
class FallbackEncoder {
  encode(text = ''): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(text.length * 3)
    return bytes.slice(0, this.encodeInto(text, bytes).written)
  }

  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    let read = 0
    let written = 0
    for (const char of text) {
      const bytes = utf8(char.codePointAt(0) ?? 0)
      if (written + bytes.length > target.length) break
      target.set(bytes, written)
      written += bytes.length
      read += char.length
    }
    return { read, written }
  }
}

const replacement = 0xfffd
const isSurrogate = (point: number) => point >= 0xd800 && point <= 0xdfff

function utf8(point: number): number[] {
  if (point < 0x80) return [point]
  if (point < 0x800) return [0xc0 | (point >> 6), 0x80 | (point & 63)]
  if (isSurrogate(point)) return utf8(replacement)
  const tail = [0x80 | ((point >> 6) & 63), 0x80 | (point & 63)]
  return point < 0x10000
    ? [0xe0 | (point >> 12), ...tail]
    : [0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), ...tail]
}

/** Reads one code point: its value and how many bytes it took; the longest malformed prefix is one U+FFFD. */
function codePoint(bytes: Uint8Array, at: number): [point: number, length: number] {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return [lead, 1]
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  if (lead < 0xc2 || lead > 0xf4) return [replacement, 1]
  let point = lead & (0x7f >> length)
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0
    const [low, high] = i === 1 ? secondByte(lead) : [0x80, 0xbf]
    if (byte < low || byte > high) return [replacement, i]
    point = (point << 6) | (byte & 63)
  }
  return [point, length]
}

/** The range of a second byte: narrower after four leads, which shuts out overlong forms and surrogates. */
function secondByte(lead: number): [low: number, high: number] {
  if (lead === 0xe0) return [0xa0, 0xbf]
  if (lead === 0xed) return [0x80, 0x9f]
  if (lead === 0xf0) return [0x90, 0xbf]
  if (lead === 0xf4) return [0x80, 0x8f]
  return [0x80, 0xbf]
}

const Decoder = (globalThis.TextDecoder ?? FallbackDecoder) as typeof globalThis.TextDecoder
const Encoder = (globalThis.TextEncoder ?? FallbackEncoder) as typeof globalThis.TextEncoder

export { Decoder as TextDecoder, Encoder as TextEncoder, FallbackDecoder, FallbackEncoder }
