// Generated records for the demo: thirty days of an invented application. Nothing in it was measured.

import { random } from './random.js'

const hour = 3_600_000
const days = 30
const perDay = 150

const models = [
  { value: 'gpt-5', weight: 5 },
  { value: 'gpt-5-mini', weight: 4 },
  { value: 'claude-sonnet-4-5', weight: 2 },
  { value: 'harbour-7b', weight: 0.4 },
]
const tasks = [
  { value: 'search', weight: 5 },
  { value: 'support', weight: 3 },
  { value: 'summaries', weight: 2 },
  { value: 'reports', weight: 1 },
]
const users = Array.from({ length: 24 }, (_, at) => ({ value: `demo-user-${at + 1}`, weight: 1 / (at + 1) }))
const kinds = [
  { value: 'json', form: 'json', rate: 0.58, weight: 4 },
  { value: 'prose', form: 'whitespace', rate: 0.04, weight: 4 },
  { value: 'log', form: 'log', rate: 0.52, weight: 2 },
  { value: 'chat', form: 'repeat', rate: 0.12, weight: 2 },
  { value: 'table', form: 'table', rate: 0.21, weight: 1 },
]
const tiers = [
  { value: 'complete', share: 1, weight: 4 },
  { value: 'comprehensive', share: 0.7, weight: 1 },
  { value: 'standard', share: 0.45, weight: 3 },
  { value: 'essential', share: 0.22, weight: 2 },
]

/** Makes records of the thirty days before `now`, as an export that `metrics.import` takes. */
export const demoRecords = (now) => JSON.stringify({ version: 1, records: [...requests(now)] })

/** Makes the records of `count` requests, oldest first: two for each that is not at night. */
export function* requests(now, { seed = 1874, count = days * perDay } = {}) {
  const next = random(seed)
  const step = (days * 24 * hour) / count
  const start = now - days * 24 * hour
  for (let at = 0; at < count; at++) {
    const moment = Math.floor(start + (at + next()) * step)
    // Fewer at night, so that the charts have a shape that one knows.
    if (next() > daylight(moment)) continue
    yield* request(moment, at, next)
  }
}

function request(at, number, next) {
  const labels = {
    user: pick(users, next).value,
    task: pick(tasks, next).value,
    model: pick(models, next).value,
    tags: ['demo'],
  }
  const optimized = optimizing(at, labels, next)
  return [optimized, calling(at, number, labels, optimized, next)]
}

function optimizing(at, labels, next) {
  const kind = pick(kinds, next)
  const tier = pick(tiers, next)
  const before = Math.round(400 * Math.exp(3 * next()))
  const after = Math.max(Math.round(before * (1 - kind.rate * (0.7 + 0.5 * next())) * tier.share), 12)
  const cached = next() < 0.38
  return {
    ...labels,
    at,
    operation: 'optimize',
    encoding: 'o200k_base',
    tokensBefore: before,
    tokensAfter: after,
    exact: true,
    tier: tier.value,
    kind: kind.value,
    forms: [{ form: kind.form, before, after: Math.round(before * (1 - kind.rate)) }],
    cached,
    latencyMs: cached ? 0.2 + next() : 1 + (before / 900) * (0.6 + next()),
    ...(next() < 0.006 && { error: 'storage_full' }),
  }
}

function calling(at, number, labels, { tokensAfter, tokensBefore }, next) {
  const read = tokensAfter > 1024 && next() < 0.5 ? Math.floor(tokensAfter / 2 / 128) * 128 : 0
  return {
    ...labels,
    at: at + 5,
    id: `demo-${number}`,
    operation: 'call',
    usage: {
      inputTokens: tokensAfter,
      outputTokens: Math.round(40 + 400 * next()),
      cacheRead: read,
      cacheWrite: 0,
      reasoningTokens: 0,
    },
    cacheReadBefore: read > 0 ? Math.floor((tokensBefore * 0.55) / 128) * 128 : 0,
    exact: false,
    latencyMs: 300 + 2200 * next() ** 2,
  }
}

const daylight = (at) => {
  const clock = (at / hour) % 24
  return 0.25 + 0.75 * Math.max(0, Math.sin(((clock - 6) / 16) * Math.PI))
}

/** Picks one of `choices` by weight. */
function pick(choices, next) {
  const all = choices.reduce((sum, { weight }) => sum + weight, 0)
  let left = next() * all
  return choices.find(({ weight }) => (left -= weight) < 0) ?? choices.at(-1)
}
