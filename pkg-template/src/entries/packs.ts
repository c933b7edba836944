import { packs } from '#packs'
import { fromBase64 } from '../base64'

/** Loads a vocabulary, full or for counting, when it is first needed; `undefined` where the package has none. */
export async function pack(name: string): Promise<Uint8Array | undefined> {
  const loader = Object.hasOwn(packs, name) ? packs[name] : undefined
  return loader && fromBase64((await loader()).default)
}
