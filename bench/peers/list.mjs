// Who is measured, one file each. A peer is `{ load(file) }`: `load` makes it ready to count in o200k_base and resolves to
// `{ count(text), encode(text) }`, and `file(name)` gives the bytes of one of its files. Names of special tokens are plain
// text for all of them, as they are in a prompt.

/**
 * `first`: another module, where a first count takes less than all of it. `variant`: the same package called in another
 * way, so that its size and its start are not measured twice. `unshipped`: nobody would load it (33 MB, and two minutes
 * of brotli), it is here for its speed. `patient`: too slow for a megabyte of one kind.
 * `longest`: the most code units of an adversarial text, for who takes minutes for a few thousand.
 */
export const peers = {
  trimtab: { module: 'peers/trimtab.mjs', first: 'peers/trimtab-first.mjs' },
  hypertok: { module: 'peers/hypertok.mjs' },
  'hypertok by default': { module: 'peers/hypertok-default.mjs', variant: true },
  'gpt-tokenizer': { module: 'peers/gpt-tokenizer.mjs' },
  tiktoken: { module: 'peers/tiktoken.mjs' },
  'bpe-openai in wasm': { module: 'peers/bpe-openai.mjs', unshipped: true },
  'ai-tokenizer': { module: 'peers/ai-tokenizer.mjs', patient: true },
  'js-tiktoken': { module: 'peers/js-tiktoken.mjs', patient: true, longest: ['200'] },
}
