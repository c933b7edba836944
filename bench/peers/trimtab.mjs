import { createTrimtab } from '../../pkg/index.js'

export async function load() {
  const trimtab = await createTrimtab({ encoding: 'o200k_base', store: 'memory' })
  return { count: (text) => trimtab.count(text), encode: (text) => trimtab.encode(text) }
}
