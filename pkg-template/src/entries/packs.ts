import { packs } from '#packs'
import { fromBase64 } from '../base64'

/** Loads the vocabulary of `encoding` when it is first needed, or gives `undefined` where the package has none. */
export async function pack(encoding: string): Promise<Uint8Array | undefined> {
  const loader = Object.hasOwn(packs, encoding) ? packs[encoding] : undefined
  return loader && fromBase64((await loader()).default)
}
