// What an image costs, by the rules that OpenAI publishes.
//
// Source of all figures: OpenAI, "Images and vision" (developers.openai.com/api/docs/guides/images-vision), sections "Model
// sizing behavior" and "Calculating costs", read in September 2026. It lists no limits any more for the models that are to
// be shut down; those of gpt-5-mini, gpt-5-nano, gpt-4.1-nano and o4-mini are from its edition of 2025.

import { familyOf } from './family'

export interface Size {
  width: number
  height: number
}

/** A rule: the tokens of an image at a level of detail. */
type Rule = (size: Size, detail: string) => number

/** How large an image may be before it is made smaller. */
interface Limit {
  side: number
  patches?: number
}

const anySize = (limit: Limit) => ({ low: limit, high: limit, auto: limit })

const to2048: Limit = { side: 2048, patches: 6144 }
const to1536: Limit = { side: 2048, patches: 1536 }
const high: Limit = { side: 2048, patches: 2500 }
const original: Limit = { side: 6000, patches: 10_000 }

const rules: Record<string, Rule> = {
  'gpt-5.6': patches(1.2, { low: { side: 512 }, high, original: { side: 65_535 }, auto: { side: 65_535 } }),
  'gpt-5.5': patches(1.2, { low: { side: 512 }, high, original, auto: original }),
  'gpt-5.4': patches(1.2, { low: to2048, high, original, auto: high }),
  'gpt-5.2': patches(1.2, anySize(to2048)),
  'gpt-5.1': tiles(70, 140),
  'gpt-5': tiles(70, 140),
  'gpt-5-mini': patches(1.2, anySize(to1536)),
  'gpt-5-nano': patches(1.5, anySize(to1536)),
  'gpt-4.1': tiles(85, 170),
  'gpt-4.1-mini': patches(1.62, anySize(to2048)),
  'gpt-4.1-nano': patches(2.46, anySize(to1536)),
  'gpt-4.5': tiles(85, 170),
  'gpt-4o': tiles(85, 170),
  'gpt-4o-mini': tiles(2833, 5667),
  'gpt-4-turbo': tiles(85, 170),
  'chatgpt-4o': tiles(85, 170),
  'o4-mini': patches(1.72, anySize(to1536)),
  o1: tiles(75, 150),
  o3: tiles(75, 150),
}

/** The rule of `model`, or `undefined` where none is published. */
export const imageRuleOf = (model: string): Rule | undefined => familyOf(model, rules)

/** A base, and at a high detail as many tiles of 512 pixels as cover the image. */
function tiles(base: number, tile: number): Rule {
  return (size, detail) => {
    if (detail === 'low') return base
    const { width, height } = fitted(size, 2048)
    const scale = Math.min(1, 768 / Math.min(width, height))
    const across = (side: number) => Math.ceil(Math.floor(side * scale) / 512)
    return base + tile * across(width) * across(height)
  }
}

/** As many patches of 32 pixels as cover the image, times a factor. */
function patches(factor: number, limits: Record<string, Limit>): Rule {
  return (size, detail) => {
    const { side, patches: budget = Number.POSITIVE_INFINITY } = limits[detail] ?? limits.auto ?? to2048
    const whole = fitted(size, side)
    const count = cover(whole) > budget ? cover(shrunk(whole, budget)) : cover(whole)
    return Math.ceil(count * factor)
  }
}

const cover = ({ width, height }: Size) => Math.ceil(width / 32) * Math.ceil(height / 32)

/** Made smaller to a side of at most `side`; whole pixels, and never none. */
function fitted({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height))
  const pixels = (length: number) => Math.max(1, Math.round(length * scale))
  return { width: pixels(width), height: pixels(height) }
}

/** Made smaller to at most `budget` patches, the way the guide spells out. */
function shrunk({ width, height }: Size, budget: number): Size {
  const factor = Math.sqrt((32 ** 2 * budget) / (width * height))
  const whole = (length: number) => Math.floor((length * factor) / 32) / ((length * factor) / 32)
  const adjusted = factor * Math.min(whole(width), whole(height))
  return { width: Math.floor(width * adjusted), height: Math.floor(height * adjusted) }
}
