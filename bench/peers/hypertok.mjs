// One thread, which is what its synchronous calls need; special tokens' names as plain text, as for everyone here.
import { fromBytes } from 'hypertok'

const plain = { reserved: { match: [], refuse: [] } }

export async function start(file) {
  const moduleSource = await file('hypertok/wasm/single/hypertok_wasm_core_bg.wasm')
  return fromBytes(await file('@hypertok/vocab-o200k/vocab.htk'), { tier: 'single', moduleSource })
}

export async function load(file) {
  const tokenizer = await start(file)
  const encode = (text) => tokenizer.encodeSync(text, plain)
  return { count: (text) => encode(text).length, encode }
}
