// What a message costs beside its texts, by family of models.

import { familyOf } from './family'

/** Tokens around the texts of a chat. */
export interface Framing {
  /** Around each message. */
  message: number
  /** For a name, beside its own tokens. */
  name: number
  /** Whether OpenAI has published these figures for this family, with counts that its API reported. */
  published: boolean
}

/** What the reply is primed with: `<|start|>assistant<|message|>`. */
export const reply = 3

/**
 * Source: OpenAI, "How to count tokens with tiktoken" (openai-cookbook, examples/How_to_count_tokens_with_tiktoken.ipynb),
 * section 6, where the API's own counts for gpt-3.5-turbo, gpt-4, gpt-4o and gpt-4o-mini stand beside them; the row for
 * gpt-3.5-turbo-0301 is from its first edition. There the name stands in the place of the role.
 */
const framings: Record<string, Framing> = {
  'gpt-3.5-turbo-0301': { message: 4, name: -1, published: true },
  'gpt-3.5-turbo': { message: 3, name: 1, published: true },
  'gpt-35-turbo': { message: 3, name: 1, published: true },
  'gpt-4': { message: 3, name: 1, published: true },
  'gpt-4o': { message: 3, name: 1, published: true },
}

const assumed: Framing = { message: 3, name: 1, published: false }

export const framingOf = (model: string): Framing => familyOf(model, framings) ?? assumed
