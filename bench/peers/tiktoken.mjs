import * as lite from 'tiktoken/lite/init'

// CommonJS under Node, ES modules elsewhere.
const { init, Tiktoken } = lite.default ?? lite

export async function load(file) {
  const wasm = await file('tiktoken/lite/tiktoken_bg.wasm')
  await init((imports) => WebAssembly.instantiate(wasm, imports))
  const data = JSON.parse(new TextDecoder().decode(await file('tiktoken/encoders/o200k_base.json')))
  const encoding = new Tiktoken(data.bpe_ranks, data.special_tokens, data.pat_str)
  const encode = (text) => encoding.encode_ordinary(text)
  return { count: (text) => encode(text).length, encode }
}
