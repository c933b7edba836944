// Data as it travels in a module: base64 of raw deflate.

import { inflateSync } from 'fflate'
import { fromBase64 } from './base64'

interface Zlib {
  inflateRawSync(bytes: Uint8Array): Uint8Array<ArrayBuffer>
}

interface Builtins {
  process?: { getBuiltinModule?: (name: string) => Zlib | undefined }
}

const magic = [0x54, 0x54, 0x50, 0x4b] // TTPK: a pack as it is, served by someone who compresses on the way

/** The bytes of a pack, whichever way it came. */
export async function fromPacked(packed: string | Uint8Array): Promise<Uint8Array> {
  const bytes = typeof packed === 'string' ? fromBase64(packed) : packed
  return magic.every((byte, at) => bytes[at] === byte) ? bytes : inflate(bytes as Uint8Array<ArrayBuffer>)
}

/** Undoes raw deflate with the fastest there is: Node's own, the platform's stream, or a library's. */
export async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const zlib = builtin()
  if (zlib) return zlib.inflateRawSync(bytes)
  if (typeof DecompressionStream !== 'function' || typeof Blob !== 'function') return inflateSync(bytes)
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** Node's zlib without an import, which bundlers would follow. */
function builtin(): Zlib | undefined {
  try {
    return (globalThis as Builtins).process?.getBuiltinModule?.('node:zlib')
  } catch {
    return undefined
  }
}
