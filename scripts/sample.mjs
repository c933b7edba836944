// Optimizes a sample prompt with the built package and shows what came of it: `node scripts/sample.mjs`.
import { readFile } from 'node:fs/promises'
import { createTrimtab } from '../pkg/index.js'

const query = 'Why was order 1042 refunded twice, and what is being done so that it does not happen again?'
const budget = 320
const prompt = await readFile(new URL('./sample.md', import.meta.url), 'utf8')

const trimtab = await createTrimtab({ model: 'gpt-5', store: 'memory' })
const lossless = await trimtab.optimize(prompt)
const chosen = await trimtab.optimize(prompt, { query, budget })
const saved = ({ before, after }) => `${before} tokens before, ${after} after (${percent(1 - after / before)} less)`

console.log(`\nA sample prompt for gpt-5, scripts/sample.md:`)
console.log(`  without loss       ${saved(lossless.tokens)}`)
console.log(`  for the question   ${saved(chosen.tokens)}, with a budget of ${budget}`)
console.log(`\nThe question: ${query}\nWhat the model would read:\n`)
console.log(chosen.text.replaceAll(/^/gm, '  │ '))
console.log(`\nLeft out, each part to be had again with expand(ref):`)
for (const { ref, tokens, title } of chosen.omitted) console.log(`  ${ref}  ${tokens} tokens  ${title ?? ''}`)
trimtab.dispose()

function percent(share) {
  return `${Math.round(share * 100)}%`
}
