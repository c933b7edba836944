// What the entry of each runtime supplies, and what is made of it once: the core and one tokenizer an encoding.

import init, { type InitOutput, Tokenizer } from '#glue'
import { fromBase64 } from './base64'
import { asTrimtabError, TrimtabError } from './errors'

/** Where the compiled core and the vocabulary packs come from in this runtime. */
export interface Sources {
  core(): Promise<WebAssembly.Module | BufferSource>
  pack(encoding: string): Promise<Uint8Array | undefined>
}

/** What a caller of `./slim` brings along. */
export interface Supplied {
  wasm?: WebAssembly.Module | BufferSource
  packs?: Record<string, string | Uint8Array>
}

let sources: Sources | undefined
let core: Promise<InitOutput> | undefined
let memory: WebAssembly.Memory | undefined
const tokenizers = new Map<string, Promise<Tokenizer>>()

/** Says where this runtime's core and packs come from. Entries call it at import; nothing is loaded by it. */
export function provide(given: Sources): void {
  sources = given
}

/**
 * Compiles and starts the core, once for all instances.
 * @internal
 */
export function startCore(wasm?: Supplied['wasm']): Promise<InitOutput> {
  core ??= start(wasm).catch((error: unknown) => {
    core = undefined // a later call may bring what this one lacked
    throw asTrimtabError(error, 'core_unavailable')
  })
  return core
}

async function start(wasm: Supplied['wasm']): Promise<InitOutput> {
  const module_or_path = wasm ?? (await sources?.core())
  if (!module_or_path) {
    throw new TrimtabError('core_unavailable', 'this entry brings no core: pass it, createTrimtab({ wasm, packs })')
  }
  const output = await init({ module_or_path })
  memory = output.memory
  return output
}

/** The memory of the core. Views of it must be made anew after every call, because it grows. */
export function coreMemory(): WebAssembly.Memory {
  if (!memory) throw new TrimtabError('core_unavailable', 'the core is not started: await createTrimtab() first')
  return memory
}

/**
 * Loads the vocabulary of `encoding` and builds its tables, once for all instances.
 * @internal
 */
export function loadTokenizer(encoding: string, pack: string, supplied: Supplied = {}): Promise<Tokenizer> {
  const known = tokenizers.get(encoding)
  if (known) return known
  const loading = load(encoding, pack, supplied).catch((error: unknown) => {
    tokenizers.delete(encoding)
    throw asTrimtabError(error, 'pack_unavailable')
  })
  tokenizers.set(encoding, loading)
  return loading
}

async function load(encoding: string, pack: string, { packs }: Supplied): Promise<Tokenizer> {
  const given = packs?.[pack] ?? (await sources?.pack(pack))
  if (given === undefined) {
    throw new TrimtabError('pack_unavailable', `the vocabulary '${pack}' of ${encoding} was not supplied`)
  }
  return new Tokenizer(encoding, typeof given === 'string' ? fromBase64(given) : given)
}
