// The crate bpe-openai, compiled by bench/setup.mjs: nobody ships it for JavaScript.
const encoder = new TextEncoder()

export async function load(file) {
  const { instance } = await WebAssembly.instantiate(await file('target/bench-peers/bpe_openai.wasm'), {})
  const { memory, reserve, count, encode, ids } = instance.exports
  const write = (text) => {
    const room = text.length * 3
    const address = reserve(room)
    return encoder.encodeInto(text, new Uint8Array(memory.buffer, address, room)).written
  }
  return {
    count: (text) => count(write(text)),
    encode(text) {
      const length = encode(write(text))
      return new Uint32Array(memory.buffer, ids(), length).slice()
    },
  }
}
