// The shapes of the public API.

/** How much is kept, from the least that still answers to everything, losslessly rewritten. */
export type Tier = 'essential' | 'standard' | 'comprehensive' | 'complete'

/** One source among several. */
export interface Document {
  id?: string
  title?: string
  text: string
}

/** A part of a message, as chat APIs have them; only those with a `text` are optimized. */
export interface MessagePart {
  type?: string
  text?: string
  [other: string]: unknown
}

/** A chat message. Fields other than `content` pass through untouched. */
export interface Message {
  role: string
  content?: string | MessagePart[] | null
  [other: string]: unknown
}

export type Content = string | Document[] | Message[]

export interface OptimizeOptions {
  /** What the model will be asked: turns on query-aware selection. For messages the last user message by default. */
  query?: string
  /** The most tokens that `text` may have. */
  budget?: number
  /** `auto` is `complete` without a query and a budget. */
  tier?: Tier | 'auto'
  /** What must never be dropped. Expressions are searched in the source, as with the `g` flag. */
  keep?: (string | RegExp)[]
  /** What the model already has: not said twice. */
  context?: string | Message[]
  /** Who asks, and for what: for learning and for reports. */
  user?: string
  task?: string
  tags?: string[]
  /** Also names values of JSON that are said often: fewer tokens, but a reader has to look them up. */
  dense?: boolean
  /** Writes JSON as TOON, whatever it costs. TOON goes one way: `restore` can't make the same JSON of it. */
  form?: 'toon'
  signal?: AbortSignal
}

/** Something left out: `expand(ref)` brings it back. */
export interface Omission {
  ref: string
  /** Its size in tokens. */
  tokens: number
  title: string
}

/** One step of the way, in order. */
export interface Step {
  step: string
  /** Tokens it saved; negative where it cost some. */
  saved: number
  /** Milliseconds it took. */
  ms: number
}

/** One lossless form that was used. */
export interface FormUse {
  form: string
  /** Tokens of what it rewrote, and of what it wrote. */
  before: number
  after: number
}

/** Why one unit was kept. */
export interface Why {
  /** How it begins: at most 80 characters. */
  text: string
  /** How likely it is wanted for the query, from 0 to 1; null where it had to stay. */
  likelihood: number | null
  /** What spoke for it, the strongest first: `words`, `passage`, `title`, `neighbours`, `kind of answer`, `required`, … */
  because: string[]
}

export interface Stats {
  steps: Step[]
  forms: FormUse[]
  /** Why this tier. */
  reason: string
  /** How many units of the content were kept, of how many. */
  kept: { units: number; of: number }
  /** Why the most valuable of them were kept, the first first; at most 8. Empty where nothing was asked or left out. */
  why: Why[]
  /** Tokens saved, as a share of those before. */
  savings: number
  /** Dollars saved at the model's input price, or null where the price or the model is unknown. */
  savedCost: number | null
  /** Tokens of the source that stand in stretches which an earlier request had too, and were not counted again. */
  recalled: number
  /** What failed, where the original went out instead. */
  failure?: { code: string; message: string }
}

export interface OptimizeResult<C extends Content = Content> {
  /** Names this result in `feedback`. */
  id: string
  /** What to send. For documents and messages, all of them joined. */
  text: string
  /** The messages to send, where messages came in. */
  messages: C extends Message[] ? Message[] : undefined
  tier: Tier
  tokens: { before: number; after: number }
  /** Whether the tokens were counted with the model's own tokenizer. */
  exact: boolean
  /** Whether the cache had it. */
  cached: boolean
  omitted: Omission[]
  stats: Stats
}

/** One step of `load`: every `delta` comes after the ones before, and `text` is all of them together. */
export interface LoadStep {
  tier: Tier
  delta: string
  text: string
  tokens: number
}

/** Four functions over bytes, and a fifth for whoever has locks; an `unstorage` instance fits too. */
export interface Store {
  get(key: string): Promise<Uint8Array | null | undefined>
  set(key: string, bytes: Uint8Array): Promise<unknown>
  delete(key: string): Promise<unknown>
  keys(prefix: string): Promise<string[]>
  /**
   * Runs `work` while no other process runs what has the same name, and then settles. With it, alerts fire once across
   * processes; in browsers tabs do without.
   */
  exclusive?(name: string, work: () => Promise<void>): Promise<unknown>
}

/**
 * What becomes of the names of special tokens in a text, such as `<|endoftext|>`. Without this they are text. Where only
 * one is given, the other is tiktoken's default: none allowed, all others refused.
 */
export interface SpecialOptions {
  /** These names are one token each. */
  allowedSpecial?: 'all' | readonly string[] | ReadonlySet<string>
  /** A text that has one of these throws `disallowed_special`. */
  disallowedSpecial?: 'all' | readonly string[] | ReadonlySet<string>
}

export interface SplitOptions {
  /** How many tokens of the end of a chunk the next one may start with; below the tokens of a chunk. */
  overlap?: number
}

/** A chat request, as OpenAI's API takes it; fields that cost no tokens may be there. */
export interface ChatRequest {
  model?: string
  messages: readonly Message[]
  tools?: readonly object[]
  tool_choice?: unknown
  /** The older form of `tools`. */
  functions?: readonly object[]
  function_call?: unknown
  response_format?: { type?: string } | undefined
  [other: string]: unknown
}

export interface MessageOptions {
  /** Tells the pixels of the image at a URL; those in data URLs are read from the image itself. */
  imageSize?: (url: string) => { width: number; height: number } | undefined
}

export interface MessageCount {
  /** Tokens of the whole request: of all messages and the tools, and three that the reply starts with. */
  tokens: number
  /** Whether the provider has published how each part of it is counted, with examples that this package reproduces. */
  exact: boolean
  /** Why it is not exact, a sentence for each reason. */
  reasons: string[]
  /** Tokens of each message. */
  messages: number[]
  /** Tokens of the tools and of the choice among them. */
  tools: number
}

export type StoreKind = 'auto' | 'indexeddb' | 'localstorage' | 'memory'

export type Policy = 'adaptive' | 'lru' | 'lfu' | 'ttl'

export interface CacheOptions {
  policy?: Policy
  /** The most weight held, in the unit of the weights. */
  capacity?: number
  /** How long an entry lives, in ms. */
  ttl?: number
}

export interface SetOptions {
  /** Its share of the capacity. */
  weight?: number
  /** What it would cost to make again, in any one unit. */
  cost?: number
  /** How long it lives, in ms. */
  ttl?: number
}

export interface CacheStats {
  hits: number
  misses: number
  /** Left because space was needed. */
  evictions: number
  /** Left because their time was over. */
  expirations: number
  insertions: number
  replaced: number
  removed: number
  /** Not taken: heavier than the capacity, or over on arrival. */
  rejected: number
  size: number
  weight: number
  capacity: number
  /**
   * Of `trimtab.cache`: entries that were loaded from the store, or made, before they were asked for; those that were
   * asked for; those without a place.
   */
  ahead?: { loaded: number; made: number; used: number; crowded: number }
}

/** A rule over the metrics; see docs/ALERTS.md for the rules there are. */
export interface AlertRule {
  rule: string
  [setting: string]: unknown
}

/** Dollars per million tokens. */
export interface Price {
  input: number
  output?: number
  cacheRead?: number
  cacheWrite?: number
}

export interface TrimtabOptions {
  /** Picks the encoding and the prices. */
  model?: string
  /** Picks the encoding alone; wins over `model`. */
  encoding?: string
  /**
   * Brings a tokenizer: a pack of `trimtab/tokenizer`, or the file that it is made from, as text, bytes or parsed JSON.
   * Everything is counted with it, whatever `model` and `encoding` say. See docs/TOKENIZERS.md.
   */
  tokenizer?: string | Uint8Array | object
  store?: StoreKind | Store
  /** Separates two users of one origin. */
  namespace?: string
  cache?: CacheOptions
  /** `keepText: false`: hashes and figures only are ever stored. `learn: false`: no profile is kept. */
  privacy?: { keepText?: boolean; learn?: boolean }
  alerts?: AlertRule[]
  /** How much of the metrics is kept whole: 366 days and 48 MiB by default. Beyond, sums by hour and day are kept. */
  metrics?: { days?: number; bytes?: number }
  /** The caller's own prices, by model. */
  prices?: Record<string, Price>
  /** The clock, in ms since the epoch. */
  now?: () => number
  /**
   * Whether token ids are needed: true by default. Without them a vocabulary is loaded that is 40% smaller and enough to
   * count and to optimize; `encode` and `decode` then throw `pack_unavailable`.
   */
  ids?: boolean
  /** For `trimtab/slim`: the compiled core or its bytes, and the vocabulary packs by name. */
  wasm?: WebAssembly.Module | BufferSource
  packs?: Record<string, string | Uint8Array>
}
