import { countTokens, encode } from 'gpt-tokenizer/encoding/o200k_base'

const plain = { disallowedSpecial: new Set() }

export const load = async () => ({ count: (text) => countTokens(text, plain), encode: (text) => encode(text, plain) })
