import Tokenizer from 'ai-tokenizer'
import * as o200k from 'ai-tokenizer/encoding/o200k_base'

export async function load() {
  const tokenizer = new Tokenizer(o200k)
  const encode = (text) => tokenizer.encode(text, [], [])
  return { count: (text) => encode(text).length, encode }
}
