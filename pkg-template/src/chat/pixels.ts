// How large an image is, read from the head of a data URL.

import { fromBase64 } from '../base64'
import type { Size } from './images'

/** Enough for the head of any image but one with a large profile in it. */
const most = 1 << 18

/** The size of the image that `url` holds, or `undefined` where it holds none, or one of another format. */
export function sizeOf(url: string): Size | undefined {
  const [, data] = /^data:[^,]*;base64,(.*)$/s.exec(url) ?? []
  if (!data) return undefined
  try {
    const bytes = fromBase64(data.slice(0, most - (most % 4)))
    const size = formats
      .map((read) => read(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length)))
      .find(Boolean)
    return size && size.width > 0 && size.height > 0 ? size : undefined
  } catch {
    return undefined // cut off, or no base64
  }
}

type Format = (bytes: Uint8Array, view: DataView) => Size | undefined

const starts = (bytes: Uint8Array, text: string, at = 0) => [...text].every((c, i) => bytes[at + i] === c.charCodeAt(0))

const png: Format = (bytes, view) =>
  starts(bytes, '\x89PNG') ? { width: view.getUint32(16), height: view.getUint32(20) } : undefined

const gif: Format = (bytes, view) =>
  starts(bytes, 'GIF8') ? { width: view.getUint16(6, true), height: view.getUint16(8, true) } : undefined

const webp: Format = (bytes, view) => {
  if (!starts(bytes, 'RIFF') || !starts(bytes, 'WEBP', 8)) return undefined
  if (starts(bytes, 'VP8X', 12)) return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }
  if (starts(bytes, 'VP8L', 12)) {
    const bits = view.getUint32(21, true)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) }
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}

/** Walks from segment to segment to the first that starts a frame. */
const jpeg: Format = (bytes, view) => {
  if (!starts(bytes, '\xff\xd8')) return undefined
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
  }
}

const formats = [png, gif, webp, jpeg]

const uint24 = (view: DataView, at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
