// Meetings at 20% of their tokens without a query: how much of what people asked about them, or of reference answers, is
// still there.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { baselines } from './baselines.mjs'
import { interval, mean, recall } from './rouge.mjs'

const SHARE = 0.2

const sentencesOf = (turns) =>
  turns.flatMap(({ speaker, text }) => `${speaker}: ${text}`.split(/(?<=[.!?])\s+/).filter((it) => it !== ''))

/** The references of a meeting, by name. */
function referencesOf(meeting, given) {
  const answers = given?.[meeting.id] ?? (meeting.general ?? []).map(({ answer }) => answer)
  const questions = meeting.queries.map(({ query }) => query).join('\n')
  const asked = new Set(meeting.queries.flatMap(({ spans }) => spans.flatMap(([a, b]) => range(a, b))))
  const spans = meeting.turns.filter((_, index) => asked.has(index)).map(({ text }) => text)
  return {
    ...(answers.length > 0 && { 'general answers': answers.join('\n') }),
    ...(!given && { questions, 'annotated spans': spans.join('\n') }),
  }
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

export async function meetings({ trimtab, data, limit, references }) {
  const file = join(data, 'meetings/qmsum.jsonl')
  if (!existsSync(file)) return `${file} is not here`
  const given = references && JSON.parse(readFileSync(references, 'utf8'))
  const count = (text) => trimtab.count(text)
  const scores = new Map()
  const all = readFileSync(file, 'utf8').trim().split('\n').slice(0, limit)
  for (const meeting of all.map((line) => JSON.parse(line)).filter(({ id }) => !given || given[id])) {
    const text = meeting.turns.map(({ speaker, text }) => `${speaker}: ${text}`).join('\n')
    const budget = Math.floor(count(text) * SHARE)
    const sentences = sentencesOf(meeting.turns)
    const digest = (await trimtab.optimize(text, { budget })).text
    if (count(digest) > budget) throw new Error(`${meeting.id}: over the budget`)
    const made = { trimtab: digest }
    for (const [name, extract] of Object.entries(baselines)) made[name] = extract(sentences, budget, count)
    for (const [what, reference] of Object.entries(referencesOf(meeting, given))) {
      for (const n of [1, 2]) {
        for (const [name, extract] of Object.entries(made)) {
          const key = `${what} ROUGE-${n}`
          if (!scores.has(key)) scores.set(key, {})
          const list = scores.get(key)
          list[name] = [...(list[name] ?? []), recall(reference, extract, n)]
        }
      }
    }
  }
  report(scores)
}

function report(scores) {
  const percent = (value) => (100 * value).toFixed(1).padStart(5)
  const first = Object.keys(scores.keys().next().value ? scores.values().next().value : {})[0]
  console.log(`meetings at ${100 * SHARE}% of their tokens, recall in percent; [95% of the difference to trimtab]`)
  if (first && ![...scores.keys()].some((key) => key.startsWith('general'))) {
    console.log(
      'the set has no reference answers: the questions asked about each meeting, and what they point at, stand in',
    )
  }
  for (const [key, lists] of scores) {
    const line = Object.entries(lists).map(([name, list]) => {
      const own = `${name} ${percent(mean(list))}`
      if (name === 'trimtab') return own
      const [low, high] = interval(list.map((value, index) => lists.trimtab[index] - value))
      return `${own} [${percent(low)}, ${percent(high)}]`
    })
    console.log(`${key.padEnd(24)} ${line.join('   ')}   n=${lists.trimtab.length}`)
  }
}
