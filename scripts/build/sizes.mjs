// Sizes on the wire, and the budgets that fail the build.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { pkg, root } from '../paths.mjs'

const compressed = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length,
})

const sum = (sizes) =>
  sizes.reduce((a, b) => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli }), {
    raw: 0,
    gzip: 0,
    brotli: 0,
  })

/** Measures each budget of the root package.json and each pack: `[{ name, raw, gzip, brotli, limit? }]`, in bytes. */
export async function measureSizes() {
  const { sizeBudget } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const names = await readdir(pkg)
  const packs = (await readdir(join(pkg, 'packs')))
    .filter((name) => name.endsWith('.js'))
    .map((name) => `packs/${name}`)
  const size = async (name) => compressed(await readFile(join(pkg, name)))
  const budgets = sizeBudget.map(async ({ name, files, gzip }) => {
    const chosen = names.filter((file) => files.some((pattern) => matches(file, pattern)))
    return { name, ...sum(await Promise.all(chosen.map(size))), limit: gzip }
  })
  const rest = ['core.wasm', ...packs].map(async (name) => ({ name, ...(await size(name)) }))
  return Promise.all([...budgets, ...rest])
}

const matches = (file, pattern) => {
  const [start, end] = pattern.split('*')
  return end === undefined ? file === pattern : file.startsWith(start) && file.endsWith(end)
}

/** Shows sizes as the lines of a table. */
export function sizeTable(sizes) {
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`.padStart(11)
  const width = Math.max(...sizes.map(({ name }) => name.length))
  const header = `${''.padEnd(width)}${['raw', 'gzip', 'brotli'].map((title) => title.padStart(11)).join('')}`
  const lines = sizes.map(({ name, raw, gzip, brotli, limit }) => {
    const verdict = limit === undefined ? '' : `  (at most ${kilobytes(limit).trim()} gzip)`
    return `${name.padEnd(width)}${[raw, gzip, brotli].map(kilobytes).join('')}${verdict}`
  })
  return [header, ...lines].join('\n')
}

/** The budgets that are broken, as sentences. */
export const overBudget = (sizes) =>
  sizes
    .filter(({ gzip, limit }) => gzip > limit)
    .map(({ name, gzip, limit }) => `${name} is ${gzip} bytes with gzip; its budget is ${limit}`)
