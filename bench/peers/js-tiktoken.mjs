import { Tiktoken } from 'js-tiktoken/lite'
import o200k from 'js-tiktoken/ranks/o200k_base'

export async function load() {
  const encoding = new Tiktoken(o200k)
  const encode = (text) => encoding.encode(text, [], [])
  return { count: (text) => encode(text).length, encode }
}
