// Is the answer still there, and how many of the tokens? On sets that other people annotated.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { table } from '../report.mjs'
import { joined } from './peers.mjs'

const normal = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Prints and resolves to `{ set: { peer: { kept, left } } }`, shares of the cases and of the tokens. */
export async function quality(peers, data, limit) {
  const folder = join(data, 'qa')
  if (!existsSync(folder)) return void console.log(`\nbench: no quality: there are no sets in ${data}`)
  const figures = {}
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()) {
    const set = file.replace('.json', '')
    figures[set] = await ofSet(peers, JSON.parse(await readFile(join(folder, file), 'utf8')), limit)
    const rows = Object.entries(figures[set]).map(([peer, { kept, left }]) => [peer, percent(kept), percent(left)])
    table(`${set}: the answer or the evidence kept`, ['', '% of cases', '% of tokens left'], rows)
  }
  return figures
}

async function ofSet(peers, { pool, cases }, limit) {
  const sums = {}
  for (const { query, docs, answers, evidence } of cases.slice(0, limit)) {
    const documents = docs.map((index) => pool[index])
    const before = peers.trimtab.count(joined(documents))
    for (const [name, { shares, select }] of Object.entries(peers)) {
      for (const share of shares ?? [undefined]) {
        const key = share ? `${name} at ${percent(share)}%` : name
        const text = await select(documents, query, share && Math.floor(before * share))
        sums[key] ??= { kept: 0, left: 0, cases: 0 }
        sums[key].kept += holds(text, answers, evidence)
        // What a peer adds to the request is its question, which is none of the documents.
        sums[key].left += (peers.trimtab.count(text) - (share ? 0 : peers.trimtab.count(query))) / before
        sums[key].cases++
      }
    }
  }
  const each = Object.entries(sums).map(([key, { kept, left, cases }]) => [
    key,
    { kept: kept / cases, left: left / cases },
  ])
  return Object.fromEntries(each)
}

function holds(text, answers, evidence) {
  const words = ` ${normal(text)} `
  if (answers) return Number(answers.some((answer) => words.includes(normal(answer))))
  return Number(evidence.every((sentence) => words.includes(normal(sentence))))
}

const percent = (share) => (100 * share).toFixed(share === Math.round(share * 10) / 10 ? 0 : 1)
