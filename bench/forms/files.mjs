// Real files, as they lie there: no form may make one dearer, and each has to come back from its text alone.
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { table } from '../report.mjs'

const kinds = {
  code: '.c .cjs .cpp .css .go .h .java .js .mjs .py .rs .sh .ts .tsx',
  data: '.csv .json .svg .tsv .xml .yaml .yml',
  'Markdown and prose': '.html .md .rst .txt',
}
const kindOf = new Map(Object.entries(kinds).flatMap(([kind, ends]) => ends.split(' ').map((end) => [end, kind])))
/** Longer files are left out: one would weigh as much as hundreds. */
const LONGEST = 200_000

/** Runs over files below `folders`, at most `limit` of each kind, taken evenly; false where one was dearer or lost. */
export async function files(trimtab, restorer, folders, limit) {
  const found = new Map(Object.keys(kinds).map((kind) => [kind, []]))
  for (const folder of folders) for await (const path of below(folder)) found.get(kindOf.get(extname(path)))?.push(path)
  const rows = []
  for (const [kind, paths] of found) rows.push(await sums(trimtab, restorer, kind, evenly(paths.sort(), limit)))
  table(
    `Files of ${folders.join(', ')}: tokens in o200k_base`,
    ['', 'files', 'before', 'after', 'saved', 'dearer', 'not exact'],
    rows.map(({ kind, files, before, after, dearer, lost }) => [
      kind,
      files,
      before,
      after,
      `${(100 * (1 - after / before)).toFixed(1)}%`,
      dearer.length,
      lost.length,
    ]),
  )
  const wrong = rows.flatMap(({ dearer, lost }) => [...dearer, ...lost])
  for (const path of wrong) console.log(`  ${path}`)
  return wrong.length === 0 && rows.every((row) => row.files > 0)
}

async function sums(trimtab, restorer, kind, paths) {
  const row = { kind, files: 0, before: 0, after: 0, dearer: [], lost: [] }
  for (const path of paths) {
    const text = await readFile(path, 'utf8')
    if (text === '' || text.length > LONGEST || text.includes('\ufffd')) continue
    const result = await trimtab.optimize(text, { tier: 'complete' })
    const [before, after] = [trimtab.count(text), trimtab.count(result.text)]
    row.files++
    row.before += before
    row.after += after
    if (after > before) row.dearer.push(path)
    if ((await restorer.restore(result.text)) !== text) row.lost.push(path)
  }
  return row
}

async function* below(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  for (const entry of entries) if (entry.isFile()) yield join(entry.parentPath ?? entry.path, entry.name)
}

const evenly = (paths, limit) => {
  const step = Math.max(1, paths.length / limit)
  return Array.from({ length: Math.min(limit, paths.length) }, (_, i) => paths[Math.floor(i * step)])
}
