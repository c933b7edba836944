// Counts the texts of the adversarial set for which a peer's ids are not the reference's; an exception is wrong too.
import { readSet, sameIds } from '../../tests/adversarial/set.mjs'
import { file } from '../files.mjs'

const [module, longest = Infinity] = process.argv.slice(2)
const { texts: all, units } = readSet(['texts', 'units'])
const texts = all.filter(({ text }) => text.length <= Number(longest))
const { load } = await import(new URL(`../${module}`, import.meta.url))
const { encode } = await load(file)
const thrown = { texts: 0, units: 0 }
const isWrong =
  (group) =>
  ({ text, ids }) => {
    try {
      return !sameIds(encode(text), ids.o200k_base)
    } catch {
      thrown[group]++
      return true
    }
  }
const wrong = { texts: texts.filter(isWrong('texts')).length, units: units.filter(isWrong('units')).length }
console.log(JSON.stringify({ wrong, thrown, of: { texts: texts.length, units: units.length } }))
