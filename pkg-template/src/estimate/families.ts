// What a model's tokens are estimated by.

import { TrimtabError } from '../errors'
import { factors } from './weights'

/** How a family counts: by an encoding of OpenAI, or by a factor, or taken to be like o200k_base. */
interface Basis {
  /** Tokens where o200k_base has one, by group of pieces; absent where there are as many. */
  factors?: readonly number[]
  factor?: number
  reason: string
}

const estimated = (encoding: string) => `estimated without the vocabulary of ${encoding}`
const o200k: Basis = { reason: estimated('o200k_base') }
const cl100k: Basis = { factors: factors.cl100k_base, reason: estimated('cl100k_base') }
const p50k: Basis = { factors: factors.p50k_base, reason: estimated('p50k_base') }
const r50k: Basis = { factors: factors.r50k_base, reason: estimated('r50k_base') }

const source = 'ai-tokenizer 1.0.6'
const claude: Basis = {
  factors: factors.claude,
  reason: `Claude's tokenizer is not public: the estimate is 1.1 times what the published vocabulary of Claude 2 has, the factor that ${source} gives for models up to Claude Opus 4.5`,
}
const gemini: Basis = {
  factor: 1.08,
  reason: `Gemini's tokenizer is not public: the estimate is 1.08 times that of o200k_base, the factor that ${source} gives for models up to Gemini 3 Pro`,
}
const unmeasured: Basis = { reason: 'no figures are known for this model: the estimate is that of o200k_base' }

/** Families by the start of a name; the longest that fits is taken. Those of OpenAI are src/tokenizer/models.rs's. */
const families: readonly [basis: Basis, names: string][] = [
  [o200k, 'gpt-5 gpt-5. gpt-4.5 gpt-4.1 gpt-4o chatgpt-4o o1 o3 o4 codex-mini gpt-oss o200k_base o200k_harmony'],
  [cl100k, 'gpt-4 gpt-3.5 gpt-35 davinci-002 babbage-002 text-embedding-ada-002 text-embedding-3 cl100k_base'],
  [
    p50k,
    'text-davinci-003 text-davinci-002 code-davinci code-cushman davinci-codex cushman-codex text-davinci-edit code-davinci-edit p50k_base p50k_edit',
  ],
  [
    r50k,
    'text-davinci-001 text-curie text-babbage text-ada davinci curie babbage ada text-similarity text-search code-search gpt2 gpt-2 r50k_base',
  ],
]

/** Families of other providers: their names may go on in any way, and stand after a region's and a provider's. */
const elsewhere: readonly [basis: Basis, names: string][] = [
  [claude, 'claude'],
  [gemini, 'gemini'],
  [unmeasured, 'grok command nova llama meta-llama qwen deepseek mistral mixtral codestral kimi glm'],
]

const rows = (list: readonly [Basis, string][]) =>
  list.flatMap(([basis, names]) => names.split(' ').map((name) => ({ name, basis })))

/** What `model` is estimated by, or throws `unknown_model`. */
export function basisOf(model: string): Basis {
  const name = (model.trim().toLowerCase().split('/').pop() ?? '').replace(/^openai[.:]/, '').replace(/^ft:/, '')
  const isOf = (family: string) =>
    name.startsWith(family) && (family.endsWith('.') || /^($|[-:@])/.test(name.slice(family.length)))
  const [own] = rows(families)
    .filter((row) => isOf(row.name))
    .sort((a, b) => b.name.length - a.name.length)
  const other = rows(elsewhere).find((row) => name.split('.').some((part) => part.startsWith(row.name)))
  const found = own ?? other
  if (!found) throw new TrimtabError('unknown_model', `'${model}' is of no known family of models`)
  return found.basis
}
