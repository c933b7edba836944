// Counts some of each kind of text, every slice once, in a process that no other peer shares.
import { corpora } from '../corpora/make.mjs'
import { file } from '../files.mjs'
import { slicesOf, timed, warmUp } from '../measure.mjs'
import { kept } from '../parts/speed.mjs'

const [module, characters] = process.argv.slice(2)
const { load } = await import(new URL(`../${module}`, import.meta.url))
const peer = await load(file)
const texts = await corpora()
warmUp({ peer }, texts.english.slice(-kept / 2))

/** Megabytes of UTF-8 a second. */
function speed(text) {
  const slices = slicesOf(text.slice(0, Number(characters)), 8_000)
  const bytes = slices.reduce((sum, slice) => sum + Buffer.byteLength(slice), 0)
  return bytes / 1e3 / timed(() => slices.forEach((slice) => void peer.count(slice)))
}

console.log(JSON.stringify(Object.fromEntries(Object.entries(texts).map(([kind, text]) => [kind, speed(text)]))))
