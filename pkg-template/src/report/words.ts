// Figures in words, and the parts of a report in order: what Markdown and HTML share.

// The report is plain data; docs/METRICS.md names every field.
// biome-ignore lint/suspicious/noExplicitAny: a type for each field would repeat the core's
export type Report = any
export type Row = Record<string, number | string | null> & { name: string }

const whole = new Intl.NumberFormat('en-US')

export const count = (value: number): string => whole.format(value)

export const percent = (share: number | null): string =>
  share === null ? 'not measured' : `${(share * 100).toFixed(1)}%`

/** Dollars with as many decimals as small amounts need; what has no price is never 0. */
export function dollars(amount: number | null, absent = 'unpriced'): string {
  if (amount === null) return absent
  const decimals = Math.abs(amount) < 1 ? 4 : 2
  return `${amount < 0 ? '-' : ''}$${Math.abs(amount)
    .toFixed(decimals)
    .replace(/\B(?=(\d{3})+(?!\d)\.)/g, ',')}`
}

export const milliseconds = (value: number | null): string =>
  value === null ? 'not measured' : `${value.toFixed(1)} ms`

export const moment = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

const unpriced = (calls: number): string => (calls > 0 ? ` + ${count(calls)} unpriced calls` : '')

/** What comes back for a dollar, of what the data has: what the application itself costs is not in it. */
function returned({ roi, savedNet }: { roi: number | null; savedNet: number | null }): string {
  if (roi === null) return 'not known'
  return `${dollars(roi)} (${savedNet === null ? 'gross' : 'net'}; the price of the calls is all that counts as spent)`
}

const quantiles = ({ p50, p95, samples }: { p50: number | null; p95: number | null; samples: number }): string =>
  `${milliseconds(p50)} / ${milliseconds(p95)} (n = ${count(samples)})`

/** The key figures, each with the size of its sample. */
export function keyFigures({
  tokens,
  cost,
  cache,
  latency,
  optimizeLatency,
  errorRate,
  operations,
  health,
  projection,
}: Report): [string, string][] {
  const basis = cost.lostBasis ? `, ${cost.lostBasis}` : ''
  const rows: [string, string][] = [
    ['Tokens before → after', `${count(tokens.before)} → ${count(tokens.after)}`],
    ['Tokens saved', `${count(tokens.saved)} (${percent(tokens.savingsRate)}, n = ${count(tokens.samples)})`],
    ['Spent', dollars(cost.spent) + unpriced(cost.unpricedCalls)],
    ['Saved at the input price', `${dollars(cost.savedGross)} (n = ${count(cost.savedSamples)})`],
    [
      'Provider cache discount lost',
      `${dollars(cost.lostDiscount, 'not known')} (n = ${count(cost.lostSamples)}${basis})`,
    ],
    ['Saved, net', dollars(cost.savedNet, 'not known')],
    ['Saved for each dollar spent', returned(cost)],
    ['Cache hits', `${percent(cache.hitRate)} (n = ${count(cache.lookups)})`],
    ['Latency p50 / p95', quantiles(latency)],
    ['Of optimizing alone', quantiles(optimizeLatency)],
    ['Errors', `${percent(errorRate)} (n = ${count(operations)})`],
    ['Health', `${health.status}: ${health.reason}`],
  ]
  if (projection) {
    const { perMonth, perYear, savedPerMonth, savedPerYear, savedBasis, assumption } = projection
    rows.push(
      ['Spent a month / a year', `${dollars(perMonth)} / ${dollars(perYear)} (${assumption})`],
      [`Saved a month / a year, ${savedBasis}`, `${dollars(savedPerMonth)} / ${dollars(savedPerYear)} (${assumption})`],
    )
  }
  rows.push(['Prices of', cost.pricesFrom])
  return rows
}

/** The heads of a breakdown's columns. */
export const heads = ['', 'n', 'before', 'after', 'saved', 'input', 'output', 'spent']

/** The breakdowns that have rows, by title. */
export function breakdowns(report: Report): [string, Row[]][] {
  const all: [string, Row[]][] = [
    ['Models', report.byModel],
    ['Tiers', report.byTier],
    ['Forms', report.byForm],
    ['Kinds of content', report.byKind],
    ['Operations', report.byOperation],
    ['Errors', report.byError],
  ]
  return all.filter(([, rows]) => rows.length > 0)
}

/** The cells of one row after its name. */
export const cells = (row: Report): string[] => [
  count(row.operations),
  row.samples > 0 ? count(row.before) : '–',
  row.samples > 0 ? count(row.after) : '–',
  row.samples > 0 ? percent(row.savingsRate) : '–',
  row.inputTokens > 0 ? count(row.inputTokens) : '–',
  row.outputTokens > 0 ? count(row.outputTokens) : '–',
  row.cost === null && row.unpricedCalls === 0 ? '–' : dollars(row.cost) + unpriced(row.unpricedCalls),
]
