// The two modules that this package compiles: the core, which does everything, and the counter, which is its tokenizer
// alone, a sixth of the size, for whoever only counts. What the entry of each runtime supplies, and what is made of it once.

import * as coreGlue from '#core-glue'
import * as counterGlue from '#counter-glue'
import { load as tokenizerFiles } from '#tokenizer'
import { Counting } from './counting'
import { asTrimtabError, attempt, TrimtabError } from './errors'
import { fromPacked, isPack } from './packed'
import { TextCounter } from './text-counter'
import { type Variant, variant } from './vectors'

/** What WebAssembly is compiled from: bytes, or what a runtime compiled itself. */
export type Compilable = WebAssembly.Module | BufferSource

/** Where the modules and the vocabulary packs come from in this runtime. */
export interface Sources {
  /** `variant` tells which of the compiled ones this runtime can compile, for who has both. */
  core(variant: () => Variant): Promise<Compilable>
  counter(variant: () => Variant): Promise<Compilable>
  pack(name: string): Promise<Uint8Array | undefined>
}

/** What a caller of `./slim` brings along. */
export interface Supplied {
  wasm?: Compilable
  packs?: Record<string, string | Uint8Array>
}

/**
 * What both modules export.
 * @internal
 */
export type Tokenizer = coreGlue.Tokenizer & counterGlue.Tokenizer
/** @internal */
export type Growing = coreGlue.Growing & counterGlue.Growing
/** @internal */
type Glue = typeof coreGlue | typeof counterGlue

let sources: Sources | undefined

/** Says where this runtime's modules and packs come from. Entries call it at import; nothing is loaded by it. */
export function provide(given: Sources): void {
  sources = given
}

/**
 * A module that is compiled and started once, with one tokenizer an encoding.
 * @internal
 */
export class Part {
  readonly #glue: Glue
  readonly #name: 'core' | 'counter'
  readonly #tokenizers = new Map<string, Promise<Counting>>()
  #started: Promise<WebAssembly.Memory> | undefined

  constructor(glue: Glue, name: 'core' | 'counter') {
    this.#glue = glue
    this.#name = name
  }

  /** Whether it was asked to start, and has not failed to. */
  get isStarted(): boolean {
    return this.#started !== undefined
  }

  start(wasm?: Compilable): Promise<WebAssembly.Memory> {
    this.#started ??= this.#start(wasm).catch((error: unknown) => {
      this.#started = undefined // a later call may bring what this one lacked
      throw asTrimtabError(error, 'core_unavailable')
    })
    return this.#started
  }

  async #start(wasm: Compilable | undefined): Promise<WebAssembly.Memory> {
    const given = wasm ?? (await sources?.[this.#name](() => variant(this.#name)))
    if (!given) {
      throw new TrimtabError('core_unavailable', 'this entry brings no core: pass it, createTrimtab({ wasm, packs })')
    }
    return (await started(this.#glue, given)).memory
  }

  /** The name of the encoding that `model` counts with; throws where there is none. The module has to be started. */
  encodingOf(model: string): string {
    return this.#glue.encoding_name(model)
  }

  /** Whether `model` is known to count with a tokenizer that is not here. */
  countsElsewhere(model: string): boolean {
    return this.#glue.counts_elsewhere(model)
  }

  /** Loads the vocabulary of `encoding` and builds its tables, once. Without `ids`, one for counting only will do. */
  tokenizer(encoding: string, { ids, packs }: Supplied & { ids: boolean }): Promise<Counting> {
    const known = this.#tokenizers.get(encoding) ?? (ids ? undefined : this.#tokenizers.get(countOnly(encoding)))
    if (known) return known
    const key = ids ? encoding : countOnly(encoding)
    const loading = this.#load(encoding, ids, packs).catch((error: unknown) => {
      this.#tokenizers.delete(key)
      throw asTrimtabError(error, 'pack_unavailable')
    })
    this.#tokenizers.set(key, loading)
    return loading
  }

  /** A counter of a growing text. */
  counter(counting: Counting): TextCounter {
    return new TextCounter(attempt(() => new this.#glue.Growing(counting.tokenizer)) as Growing, counting)
  }

  /** Builds the tables of a tokenizer that the caller brings: a pack, or what one is made from. */
  async own(given: string | Uint8Array | object): Promise<Counting> {
    const memory = await this.start()
    const files = isPack(given) ? undefined : await tokenizerFiles()
    const pack = attempt(() => (isPack(given) ? given : files?.tokenizerPack(given)))
    const tokenizer = attempt(() => coreGlue.Tokenizer.own(pack as Uint8Array)) as Tokenizer
    return new Counting(memory, tokenizer)
  }

  async #load(encoding: string, ids: boolean, packs: Supplied['packs']): Promise<Counting> {
    // Most packs have the name of their encoding, so they need not wait for the module that knows for certain.
    const beside = bytesOf(encoding, ids, packs)
    beside.catch(() => undefined) // whoever awaits it is told
    const memory = await this.start()
    const pack = this.#glue.pack_name(encoding)
    const bytes = await (pack === encoding ? beside : bytesOf(pack, ids, packs))
    if (bytes === undefined) {
      throw new TrimtabError('pack_unavailable', `the vocabulary '${pack}' of ${encoding} was not supplied`)
    }
    const tokenizer = new this.#glue.Tokenizer(encoding, bytes) as Tokenizer
    return new Counting(memory, tokenizer)
  }
}

async function bytesOf(pack: string, ids: boolean, packs: Supplied['packs']): Promise<Uint8Array | undefined> {
  const names = ids ? [pack] : [countOnly(pack), pack]
  const given = names.map((name) => packs?.[name]).find(Boolean) ?? (await sources?.pack(names[0] ?? pack))
  return given === undefined ? undefined : fromPacked(given)
}

/** The name of what serves for counting alone. */
const countOnly = (name: string) => `${name}.count`

/** Compiles and starts a module. */
async function started(glue: Glue, given: Compilable): Promise<{ memory: WebAssembly.Memory }> {
  const module = isModule(given) ? given : await WebAssembly.compile(given)
  // The other way of starting looks at `Request`, which costs Node 8 ms; but this one refuses a module of another realm.
  return module instanceof WebAssembly.Module
    ? glue.initSync({ module })
    : glue.default({ module_or_path: module as WebAssembly.Module })
}

const isModule = (given: Compilable): given is WebAssembly.Module =>
  Object.prototype.toString.call(given) === '[object WebAssembly.Module]'

/** @internal */
export const core = new Part(coreGlue, 'core')
/** @internal */
export const counter = new Part(counterGlue, 'counter')
