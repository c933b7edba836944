// What a digest keeps when nobody asked, through the built package: `npm run bench:digest`.
//
// --only meetings,code   some parts      --limit N   so many meetings, and so many files of each language
// --data DIR             the evaluation sets, ../shared/eval by default; a part whose data is absent is skipped
// --references FILE      { meeting id: [reference answers of its general questions] }, which the sets do not carry
// --sources go=DIR,java=DIR   more folders with sources of a language
import { parseArgs } from 'node:util'
import { createTrimtab } from '../pkg/index.js'
import { code } from './digest/code.mjs'
import { meetings } from './digest/meetings.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'meetings,code' },
    data: { type: 'string', default: '../shared/eval' },
    limit: { type: 'string', default: '60' },
    references: { type: 'string' },
    sources: { type: 'string', default: '' },
  },
})

const trimtab = await createTrimtab({ encoding: 'o200k_base', store: 'memory' })
const context = {
  trimtab,
  data: values.data,
  limit: Number(values.limit),
  references: values.references,
  folders: values.sources,
}
const parts = { meetings, code }
for (const name of values.only.split(',')) {
  if (!parts[name]) throw new Error(`there is no '${name}': there are ${Object.keys(parts).join(', ')}`)
  const skipped = await parts[name](context)
  if (skipped) console.log(`${name}: skipped: ${skipped}`)
}
