// Data as it travels in a module: base64 of raw deflate.

import { fromBase64 } from './base64'
import { TrimtabError } from './errors'

interface Zlib {
  inflateRawSync(bytes: Uint8Array, options: { chunkSize: number }): Uint8Array<ArrayBuffer>
}

interface Builtins {
  process?: { getBuiltinModule?: (name: string) => Zlib | undefined }
}

const magic = [0x54, 0x54, 0x50, 0x4b] // TTPK: a pack as it is, served by someone who compresses on the way

/** Whether this is a pack, uncompressed. */
export const isPack = (given: unknown): given is Uint8Array =>
  given instanceof Uint8Array && magic.every((byte, at) => given[at] === byte)

/** The bytes of a pack, whichever way it came. */
export async function fromPacked(packed: string | Uint8Array): Promise<Uint8Array> {
  const bytes = typeof packed === 'string' ? fromBase64(packed) : packed
  if (isPack(bytes)) return bytes
  try {
    return await inflate(bytes as Uint8Array<ArrayBuffer>)
  } catch (cause) {
    const message = "the vocabulary pack can't be read: it is neither a pack nor one compressed with deflate"
    throw new TrimtabError('invalid_pack', message, { cause })
  }
}

/**
 * Undoes raw deflate with the fastest there is: Node's own, the platform's stream, or a library's.
 *
 * The library has the last word, since a platform may fail where it need not: Next's edge runtime names a
 * `DecompressionStream` that throws when it is made.
 */
export async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    // In one chunk: our data is at most four times as long without compression, and Node's chunks are 16 KB, each copied.
    return nodeZlib()?.inflateRawSync(bytes, { chunkSize: 4 * bytes.length }) ?? (await streamed(bytes))
  } catch {
    const { inflateSync } = await import('./inflate')
    return inflateSync(bytes)
  }
}

async function streamed(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** Node's zlib without an import, which bundlers would follow. */
const nodeZlib = () => (globalThis as Builtins).process?.getBuiltinModule?.('node:zlib')
