// How the encodings that have a name split text. A `.tiktoken` file has no pattern, so one of these goes with it, or the
// caller's own.

const contraction = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
const upper = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]'
const lower = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]'
const cased = (after: string) =>
  `[^\\r\\n\\p{L}\\p{N}]?${upper}*${lower}+${after}|[^\\r\\n\\p{L}\\p{N}]?${upper}+${lower}*${after}`
const spaces = '\\s+(?!\\S)|\\s+'
const words = (number: string) =>
  `${contraction}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${number}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|${spaces}`

/** GPT-2's, which is also that of a `ByteLevel` pre-tokenizer. */
export const gpt2 = `'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|${spaces}`

const o200k = `${cased(`${contraction}?`)}|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|${spaces}`

export const patterns = {
  gpt2,
  r50k_base: gpt2,
  p50k_base: gpt2,
  // As the reference has it, white space at the end of a text is one piece.
  cl100k_base: `'(?i:s|d|m|t|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s+\\z|\\s*[\\r\\n]|${spaces}`,
  o200k_base: o200k,
  llama3: words('\\p{N}{1,3}'),
  qwen2: words('\\p{N}'),
  tekken: `${cased('')}|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|${spaces}`,
} satisfies Record<string, string>

export type PatternName = keyof typeof patterns
