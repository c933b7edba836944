// Wrong ids on the adversarial set.
import { inChild } from '../child.mjs'
import { table } from '../report.mjs'

export async function exact({ peers }) {
  const figures = {}
  for (const [name, { module, longest = [] }] of Object.entries(peers)) {
    figures[name] = await inChild('exact', [module, ...longest], { limit: 300_000 })
  }
  const row = ([name, { wrong, thrown, of, failure, late }]) =>
    wrong
      ? [name, wrong.texts, of.texts, wrong.units, thrown.texts + thrown.units]
      : [name, failure ?? (late && 'too slow'), '', '', '']
  table(
    'Texts with wrong ids in o200k_base, of 50,000 adversarial ones and of all 65,536 code units alone; how many threw',
    ['', 'texts', 'of', 'code units', 'thrown'],
    Object.entries(figures).map(row),
  )
  return figures
}
