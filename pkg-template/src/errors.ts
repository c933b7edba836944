/** What can go wrong, as stable codes. */
export type ErrorCode =
  | 'aborted'
  | 'budget_too_small'
  | 'core_unavailable'
  | 'corrupt_record'
  | 'disallowed_special'
  | 'disposed'
  | 'internal'
  | 'invalid_input'
  | 'invalid_pack'
  | 'invalid_text'
  | 'invalid_token'
  | 'invalid_tokenizer'
  | 'not_restorable'
  | 'out_of_memory'
  | 'pack_unavailable'
  | 'storage_full'
  | 'storage_unavailable'
  | 'unknown_model'
  | 'unknown_ref'
  | 'unsupported_tokenizer'

/** The one error of this package: a stable `code`, and a sentence with the facts. */
export class TrimtabError extends Error {
  override readonly name = 'TrimtabError'
  readonly code: ErrorCode
  /** The smallest budget that would do, in tokens, with code `budget_too_small`. */
  readonly minimum?: number

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; minimum?: number | undefined } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    if (options.minimum !== undefined) this.minimum = options.minimum
  }
}

/** Gives whatever was thrown the shape of a TrimtabError; the core throws errors with a `code`. */
export function asTrimtabError(thrown: unknown, fallback: ErrorCode = 'internal'): TrimtabError {
  if (thrown instanceof TrimtabError) return thrown
  if (thrown instanceof WebAssembly.RuntimeError) {
    const message = `the core stopped, as it does where the runtime refuses it memory: ${thrown.message}`
    return new TrimtabError('internal', message, { cause: thrown })
  }
  const { code, message, minimum } = (thrown ?? {}) as { code?: unknown; message?: unknown; minimum?: number }
  const known = typeof code === 'string' && fromCore.has(code) ? (code as ErrorCode) : fallback
  return new TrimtabError(known, String(message ?? thrown), { cause: thrown, minimum })
}

// A DOMException has a numeric code and Node's errors have upper-case ones: only our own are taken over, from the core and
// from what CommonJS loads apart.
const fromCore = new Set<string>([
  'budget_too_small',
  'corrupt_record',
  'disallowed_special',
  'disposed',
  'invalid_input',
  'invalid_pack',
  'invalid_text',
  'invalid_token',
  'invalid_tokenizer',
  'not_restorable',
  'out_of_memory',
  'pack_unavailable',
  'storage_full',
  'storage_unavailable',
  'unknown_model',
  'unknown_ref',
  'unsupported_tokenizer',
] satisfies ErrorCode[])

/** Codes that say the caller's arguments are wrong: these are thrown, where any other failure lets the original out. */
export const isCallersMistake = ({ code }: TrimtabError): boolean =>
  code === 'budget_too_small' || code === 'invalid_input' || code === 'invalid_text' || code === 'unknown_model'

/** Calls into the core; what it throws becomes a TrimtabError, or `otherwise` where that is given. */
export function attempt<T>(call: () => T, ...otherwise: T[]): T {
  try {
    return call()
  } catch (error) {
    if (otherwise.length > 0) return otherwise[0] as T
    throw asTrimtabError(error)
  }
}
