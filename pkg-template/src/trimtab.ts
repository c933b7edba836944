import { Core } from '#core-glue'
import { Alerts } from './alerts'
import { CacheView } from './cache-view'
import { countRequest } from './chat/messages'
import { type Parted, partsOf } from './content'
import type { Counting } from './counting'
import { asTrimtabError, attempt, isCallersMistake, TrimtabError } from './errors'
import { Emitter, type Events, type Listener } from './events'
import { flat } from './flat'
import { Metrics } from './metrics'
import { Profile } from './profile'
import { type Request, requestOf } from './request'
import { core as corePart } from './runtime'
import { openStore, type Persistence } from './store'
import type { TextCounter } from './text-counter'
import { Turns } from './turns'
import type {
  ChatRequest,
  Content,
  LoadStep,
  Message,
  MessageCount,
  MessageOptions,
  OptimizeOptions,
  OptimizeResult,
  SpecialOptions,
  SplitOptions,
  TrimtabOptions,
} from './types'

/** Makes an instance: starts the core, loads the vocabulary, opens the store and what it holds. */
export async function createTrimtab(options: TrimtabOptions = {}): Promise<Trimtab> {
  const { now = Date.now } = options
  await corePart.start(options.wasm)
  const isNamed = options.encoding !== undefined || options.tokenizer !== undefined
  const model = options.model ?? (isNamed ? undefined : 'gpt-5')
  const counting = await countingOf(options)
  const core = attempt(() => new Core(counting.tokenizer, settings(options)))
  const events = new Emitter()
  const persistence = await openStore(core, options, events, now)
  return new Trimtab({ core, counting, events, persistence, now, model })
}

/** The tokenizer that the caller brings, or that of the encoding or the model. */
function countingOf({ tokenizer, encoding, model = 'gpt-5', packs, ids = true }: TrimtabOptions): Promise<Counting> {
  if (tokenizer !== undefined) return corePart.own(tokenizer)
  const name = encoding ?? attempt(() => corePart.encodingOf(model))
  return corePart.tokenizer(name, { ids, ...(packs && { packs }) })
}

/** What the core needs to know of the options. */
function settings({ model, cache = {}, privacy = {}, alerts = [], prices = {}, metrics = {} }: TrimtabOptions): object {
  return { model, cache, privacy, alerts, prices, metrics, writer: writer() }
}

/** A name that no other instance has, so that two never write under one key. */
function writer(): string {
  const some = new Uint32Array(2)
  try {
    crypto.getRandomValues(some)
  } catch {
    // jsdom has no `crypto`, and Workers have no randomness outside of a request; nor can they store anything there.
    some.set([Math.random() * 2 ** 32, Math.random() * 2 ** 32])
  }
  return Array.from(some, (number) => number.toString(36)).join('')
}

interface Insides {
  core: Core
  counting: Counting
  events: Emitter
  persistence: Persistence
  now: () => number
  model: string | undefined
}

/** Counts, optimizes, caches and measures, with one encoding and one store. */
export class Trimtab {
  /** The caller's own values, kept by the same policy and in the same store. */
  readonly cache: CacheView
  readonly metrics: Metrics
  /** The rules that watch the metrics. */
  readonly alerts: Alerts
  /** What was learned from use. */
  readonly profile: Profile
  readonly #core: Core
  readonly #counting: Counting
  readonly #events: Emitter
  readonly #persistence: Persistence
  readonly #turns: Turns
  readonly #now: () => number
  readonly #model: string | undefined
  #disposed = false

  /** @internal */
  constructor({ core, counting, events, persistence, now, model }: Insides) {
    this.#core = core
    this.#counting = counting
    this.#events = events
    this.#persistence = persistence
    this.#now = now
    this.#model = model
    const live = () => this.#live()
    this.cache = new CacheView(live, persistence, now)
    this.#turns = new Turns({ core, persistence, events, now })
    this.#turns.watch(() => void this.#refresh())
    this.metrics = new Metrics(live, persistence, now, () => this.#refresh())
    this.alerts = new Alerts(live, persistence, now, () => this.#tell())
    this.profile = new Profile(live, persistence)
  }

  /** The encoding that everything is counted with. */
  get encoding(): string {
    return this.#live().encoding()
  }

  /** Where the state is kept: `indexeddb`, `localstorage`, `memory` or `external`. */
  get store(): string {
    return this.#persistence.kind
  }

  /**
   * The number of tokens in `text`; lone surrogates count as U+FFFD. Names of special tokens are text, unless `options`
   * say otherwise.
   */
  count(text: string, options?: SpecialOptions): number {
    return this.#counter().count(text, options)
  }

  /** The number of tokens in `text`, or null as soon as it is above `limit`. */
  countUpTo(text: string, limit: number, options?: SpecialOptions): number | null {
    return this.#counter().countUpTo(text, limit, options)
  }

  /** The token ids of `text`. */
  encode(text: string, options?: SpecialOptions): Uint32Array {
    return this.#counter().encode(text, options)
  }

  /** The text of `ids`; where they cut a character, U+FFFD stands for its rest. */
  decode(ids: Uint32Array | number[]): string {
    return this.#counter().decode(ids)
  }

  /**
   * Cuts `text` where its tokens end, into chunks that have at most `tokens` tokens each when counted alone. A character is
   * never cut; without `overlap` the chunks joined are the text.
   */
  split(text: string, tokens: number, options?: SplitOptions): string[] {
    return this.#counter().split(text, tokens, options)
  }

  /**
   * Counts the tokens of a chat request, with this instance's encoding. The result says whether the count is exact for the
   * request's model, which is that of this instance where the request names none, and else why not.
   */
  countMessages(request: ChatRequest | readonly Message[], options?: MessageOptions): MessageCount {
    const counting = this.#counter()
    const model = (request as ChatRequest)?.model ?? this.#model
    const result = countRequest(request, model, (text) => counting.count(text), options)
    const reason = this.#misfit(model)
    return reason ? { ...result, exact: false, reasons: [reason, ...result.reasons] } : result
  }

  /** Why the texts of a request to `model` are not counted exactly. */
  #misfit(model: string | undefined): string | undefined {
    if (model === undefined) return 'neither the request nor this instance names a model'
    try {
      const encoding = corePart.encodingOf(model)
      return encoding === this.encoding
        ? undefined
        : `${model} counts with ${encoding}, and this instance with ${this.encoding}`
    } catch (error) {
      return asTrimtabError(error).message
    }
  }

  /** Counts a text that grows, such as a reply that is streamed. */
  counter(): TextCounter {
    return corePart.counter(this.#counter())
  }

  /**
   * Makes `content` smaller: losslessly first, then, under a budget or a lower tier, by what matters to the query.
   *
   * Throws for wrong arguments and for a budget that is too small. When the optimizer itself fails, the original goes
   * out, with `stats.failure` and a `failure` event.
   */
  async optimize<C extends Content>(content: C, options: OptimizeOptions = {}): Promise<OptimizeResult<C>> {
    this.#live()
    const parted = partsOf(content)
    const request = requestOf(options, parted.parts)
    try {
      return this.#optimized(parted, request)
    } catch (thrown) {
      const error = asTrimtabError(thrown)
      if (isCallersMistake(error)) throw error
      return this.#original(content, parted, error)
    }
  }

  #optimized<C extends Content>({ shape, parts, rebuild }: Parted, request: Request): OptimizeResult<C> {
    const { texts, ...result } = this.#core.optimize({ shape, parts, ...request }, this.#now())
    this.#persistence.changed()
    this.#tell()
    return { ...result, messages: rebuild?.(texts) } as OptimizeResult<C>
  }

  /** What goes out when optimizing failed. */
  #original<C extends Content>(content: C, { parts }: Parted, error: TrimtabError): OptimizeResult<C> {
    const text = parts.map(({ title, text }) => (title ? `${title}\n${text}` : text)).join('\n\n')
    const tokens = attempt(() => this.count(text), Number.NaN)
    this.#events.emit('failure', { error })
    attempt(() => this.#core.record_failure(error.code, this.#now()), undefined)
    const { code, message } = error
    return {
      id: '',
      text,
      messages: (parts.some((part) => part.role) ? content : undefined) as OptimizeResult<C>['messages'],
      tier: 'complete',
      tokens: { before: tokens, after: tokens },
      exact: !Number.isNaN(tokens),
      cached: false,
      omitted: [],
      stats: {
        steps: [],
        forms: [],
        reason: 'the optimizer failed, so the original goes out',
        kept: { units: 0, of: 0 },
        why: [],
        savings: 0,
        savedCost: null,
        recalled: 0,
        failure: { code, message },
      },
    }
  }

  /**
   * Gives `content` step by step, the least that answers first. Every `delta` holds only what is new, so that what was
   * already sent stays a valid, cacheable prefix.
   */
  async *load(content: Content, options: OptimizeOptions = {}): AsyncGenerator<LoadStep, void, undefined> {
    this.#live()
    const { shape, parts } = partsOf(content)
    const request = requestOf(options, parts)
    const steps = attempt(() => this.#core.load({ shape, parts, ...request }, this.#now())) as LoadStep[]
    this.#persistence.changed()
    for (const step of steps) {
      if (options.signal?.aborted) throw new TrimtabError('aborted', 'the signal was aborted')
      yield step
    }
  }

  /** The text behind an omission: `ref` as it stands in `omitted` or in the text's marker. */
  async expand(ref: string): Promise<string> {
    const core = this.#live()
    if (typeof ref !== 'string') throw new TrimtabError('invalid_input', `ref must be a string, not ${typeof ref}`)
    await this.#fetch(core.missing_for(ref, this.#now()))
    const text = attempt(() => this.#live().expand(ref, this.#now()))
    this.#persistence.changed()
    this.#tell()
    return text
  }

  /**
   * The source of an optimized text: from the text alone where nothing was left out, else with what the store kept.
   * The text may stand inside a longer one.
   */
  async restore(text: string): Promise<string> {
    const core = this.#live()
    if (typeof text !== 'string') throw new TrimtabError('invalid_input', `text must be a string, not ${typeof text}`)
    await this.#fetch(core.missing_in(text, this.#now()))
    return attempt(() => this.#live().restore(text, this.#now()))
  }

  /** Reads records from the store that memory no longer has. */
  async #fetch(keys: string[]): Promise<void> {
    if (keys.length > 0) await this.#persistence.fetch(keys)
  }

  /** Tells how well the result `id` served: what was not useful was too little. */
  feedback(id: string, { useful }: { useful: boolean }): void {
    attempt(() => this.#live().feedback(id, useful, this.#now()))
    this.#persistence.changed()
  }

  /**
   * Reports a model call of the application: `{ model, usage, id?, user?, task?, tags?, latencyMs? }`, with the
   * provider's usage object as it is. Of several reports with one `id` the last counts.
   */
  record(call: { model?: string; usage?: unknown; [field: string]: unknown }): void {
    const { shape, texts } = flat(call)
    const unpriced = attempt(() => this.#live().record(shape, texts, this.#now()))
    this.#persistence.changed()
    if (unpriced !== undefined) this.#events.emit('unpriced', { model: unpriced })
    this.#tell()
  }

  /** Calls `listener` whenever `event` happens, until the function that is returned is called. */
  on<K extends keyof Events>(event: K, listener: Listener<K>): () => void {
    if (event === 'record') this.#live().listen()
    return this.#events.on(event, listener)
  }

  /** Writes what is not yet in the store, and waits for alerts that are due. */
  async flush(): Promise<void> {
    this.#live()
    await this.#persistence.flush()
    await this.#turns.settled()
  }

  /** Reads what others measured; their figures and ours together may be across a threshold. */
  async #refresh(): Promise<boolean> {
    const isNew = await this.#persistence.refresh()
    if (this.#disposed) return false
    this.#tell()
    await this.#turns.settled()
    return isNew
  }

  /** Frees the memory. What was not flushed may be lost; later calls throw `disposed`. */
  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.#persistence.close()
    this.#turns.close()
    this.#events.clear()
    // Of a core that stopped in the midst of its work nothing can be freed.
    attempt(() => this.#core.free(), undefined)
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  /** Passes on what the core has to tell since the last time. */
  #tell(): void {
    const told = this.#core.take_events()
    if (told === undefined) return
    for (const { event, detail } of JSON.parse(told) as { event: keyof Events | 'turn'; detail: never }[]) {
      if (event === 'turn') this.#turns.take()
      else this.#events.emit(event, detail)
    }
  }

  #counter(): Counting {
    this.#live()
    return this.#counting
  }

  #live(): Core {
    if (this.#disposed) throw new TrimtabError('disposed', 'this instance was disposed of')
    return this.#core
  }
}
