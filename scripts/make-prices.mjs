// Makes src/metrics/pricing/table.txt, and the costs its tests expect, from the npm package @pydantic/genai-prices (MIT).
//
//   npm install --no-save @pydantic/genai-prices && node scripts/make-prices.mjs
//
// GENAI_PRICES may name a folder that holds the package, where it is not installed beside this repository.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const require = createRequire(join(process.env.GENAI_PRICES ?? root, 'index.js'))
const entry = require.resolve('@pydantic/genai-prices')
const source = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'))
const { calcPrice, findProvider } = await import(pathToFileURL(entry))

// First-party sellers, then the hosts whose names differ from theirs. OpenRouter and Together are left out: a
// thousand rows, of which those that matter pass a first-party price through under `seller/model`.
const providers = [
  'openai',
  'anthropic',
  'google',
  'mistral',
  'x-ai',
  'deepseek',
  'cohere',
  'groq',
  'perplexity',
  'moonshotai',
  'minimax',
  'zai',
  'cerebras',
  'voyageai',
  'azure',
  'aws',
]

const columns = ['input_mtok', 'output_mtok', 'cache_read_mtok', 'cache_write_mtok', 'cache_write_1h_mtok']

/** Lists the patterns of a match: exact names, `prefix*`, `*suffix`, `*part*`. Patterns by regular expression only add dates. */
function patterns(match) {
  if (match.or) return match.or.flatMap(patterns)
  if (match.and) return match.and.flatMap(patterns)
  if (match.equals) return [match.equals]
  if (match.starts_with) return [`${match.starts_with}*`]
  if (match.ends_with) return [`*${match.ends_with}`]
  if (match.contains) return [`*${match.contains}*`]
  return []
}

// The look-up reads `.` as `-`, and drops a date, `-latest` and the seller's own prefix, so rows need not list those.
const dashed = (name) => name.toLowerCase().replaceAll('.', '-')
// A Bedrock region in front of a name (`us.anthropic.…`) is dropped as well; `global.` has prices of its own.
const regional = /^(\*?(us-gov|us|eu|au|apac|jp|in|ca|regional)-)(?=anthropic-|openai-|amazon-)/
const plain = (name) => dashed(name).replace(/(-20\d\d-\d\d-\d\d|-20\d{6}|-latest)$/, '')
const number = (value) => String(value).replace(/^0\./, '.')
const trimmed = (cells) => cells.join(' ').replace(/( -)+$/, '')

/** Writes the prices of one row: five columns, and after `>n` the five that hold above n input tokens. */
function row(prices) {
  const level = (pick) => trimmed(columns.map((key) => (prices[key] === undefined ? '-' : number(pick(prices[key])))))
  const starts = [...new Set(columns.flatMap((key) => prices[key]?.tiers?.map((tier) => tier.start) ?? []))]
  const at = (start) => (price) =>
    typeof price === 'number' ? price : (price.tiers.findLast((tier) => tier.start <= start)?.price ?? price.base)
  return [level(at(-1)), ...starts.sort((a, b) => a - b).map((start) => `>${start} ${level(at(start))}`)].join(' ')
}

function constraint(when) {
  if (!when) return ''
  if (when.type === 'start_date') return ` @${when.start_date}`
  return ` @${when.start_time.slice(0, 5)}-${when.end_time.slice(0, 5)}`
}

const tokenPriced = (prices) => columns.some((key) => prices[key] !== undefined)
const chapters = (model) => (Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }])

function names(model, exact, seller) {
  const spoken = [model.id, ...patterns(model.match)].map((name) => dashed(name.replace(`${seller}/`, '')))
  const all = [...new Set(spoken.map((name) => name.replace(regional, '')))]
  const prefixes = all.filter((name) => name.endsWith('*') && !name.startsWith('*')).map((name) => name.slice(0, -1))
  const parts = all.filter((name) => /^\*.*\*$/.test(name)).map((name) => name.slice(1, -1))
  return all.filter((name) => {
    if (prefixes.some((prefix) => name.startsWith(prefix) && name !== `${prefix}*`)) return false
    if (parts.some((part) => name.includes(part) && name !== `*${part}*`)) return false
    const short = plain(name)
    return short === name || exact.get(short) !== model || !all.includes(short)
  })
}

const lines = []
const costs = []
let count = 0
for (const id of providers) {
  const provider = findProvider({ providerId: id })
  const models = provider.models.filter((model) => chapters(model).some(({ prices }) => tokenPriced(prices)))
  const exact = new Map()
  for (const model of models.toReversed()) {
    for (const name of [model.id, ...patterns(model.match)]) exact.set(dashed(name), model)
  }
  lines.push(
    [`[${id}]`, ...(provider.fallback_model_providers ?? []).filter((name) => providers.includes(name))].join(' '),
  )
  for (const model of models) {
    count += 1
    if (/\s/.test(model.id)) throw new Error(`the table can't hold the name ${model.id}`)
    const priced = chapters(model).filter(({ prices }) => tokenPriced(prices))
    lines.push(
      names(model, exact, id).join('|') +
        priced.map((one) => `${constraint(one.constraint)} ${row(one.prices)}`).join(''),
    )
    const spoken = patterns(model.match).filter((name) => !name.includes('*'))
    for (const name of new Set([model.id, ...spoken])) costs.push(...cases(id, name))
  }
}

/** What the source package itself asks for a small and a large call, at one time: the oracle of the Rust tests. */
function cases(providerId, name) {
  const timestamp = new Date('2026-09-23T12:00:00Z')
  const small = { input_tokens: 12_000, cache_read_tokens: 7_000, cache_write_tokens: 2_000, output_tokens: 900 }
  const large = { input_tokens: 400_000, cache_read_tokens: 100_000, cache_write_tokens: 0, output_tokens: 8_000 }
  // One of the two for each name keeps the fixture small; neighbours in the list get the other.
  return [costs.length % 2 ? small : large].flatMap((usage) => {
    const known = calcPrice(usage, name, { providerId, timestamp })
    if (known?.provider.id !== providerId || known.model_price.input_mtok === undefined) return []
    // Where output has no price, the source asks nothing for it and this project says "unpriced".
    if (known.model_price.output_mtok === undefined) usage.output_tokens = 0
    const found = calcPrice(usage, name, { providerId, timestamp })
    const calls = found.model_price.requests_kcount ?? 0
    return [
      [providerId, name, Object.values(usage).join(' '), (found.total_price - calls / 1000).toPrecision(12)].join('\t'),
    ]
  })
}

const date = process.env.PRICES_DATE ?? '2026-09-23'
const head = `# Generated by \`node scripts/make-prices.mjs\`. Do not edit. ${date}, ${count} models of @pydantic/genai-prices ${source.version} (MIT)`
const table = `${head}\n${lines.join('\n')}\n`
writeFileSync(join(root, 'src/metrics/pricing/table.txt'), table)
writeFileSync(
  join(root, 'tests/fixtures/costs.tsv'),
  `${head.replace(/^# /, '# provider, model, usage, dollars. ')}\n${costs.join('\n')}\n`,
)
console.log(
  `${count} models, ${table.length} bytes, ${gzipSync(table, { level: 9 }).length} gzipped, ${costs.length} costs`,
)
