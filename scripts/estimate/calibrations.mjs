// How many tokens other vocabularies have where o200k_base has one, by group of pieces.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../paths.mjs'
import { counterOf } from './tokens.mjs'

/** The factor over its published vocabulary that ai-tokenizer 1.0.6 uses; taken from there, not measured here. */
const claude = 1.1

/** Counts with the vocabulary that Anthropic has published, of Claude 2. */
async function published() {
  const require = createRequire(join(root, 'bench/package.json'))
  const { Tokenizer } = require('ai-tokenizer')
  const tokenizer = new Tokenizer(require('ai-tokenizer/encoding').claude)
  const known = new Map()
  return (piece) => known.get(piece) ?? known.set(piece, claude * tokenizer.encode(piece).length).get(piece)
}

/** Resolves to `{ encoding: factors by group }`. */
export async function calibrations(texts, { pieces: { groupOf, groups, piecesOf } }) {
  const others = {
    cl100k_base: counterOf('cl100k_base'),
    p50k_base: counterOf('p50k_base'),
    r50k_base: counterOf('r50k_base'),
    claude: await published(),
  }
  const o200k = counterOf('o200k_base')
  const base = new Float64Array(groups)
  const sums = Object.fromEntries(Object.keys(others).map((name) => [name, new Float64Array(groups)]))
  for (const { correction } of Object.values(texts)) {
    for (const piece of piecesOf(correction.slice(0, 600_000))) {
      const group = groupOf(piece)
      base[group] += o200k(piece)
      for (const [name, count] of Object.entries(others)) sums[name][group] += count(piece)
    }
  }
  return Object.fromEntries(
    Object.entries(sums).map(([name, list]) => [name, list.map((sum, group) => (base[group] ? sum / base[group] : 1))]),
  )
}
