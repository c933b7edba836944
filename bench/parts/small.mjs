// Ten thousand texts of 80 characters: what a call costs.
import { slicesOf, smallTexts, warmUp } from '../measure.mjs'
import { loadAll } from '../peers/load.mjs'
import { short, table } from '../report.mjs'
import { kept } from './speed.mjs'

export async function small({ peers, corpora, quick }) {
  const all = Object.values(await corpora())
  const kinds = all.map((text) => slicesOf(text.slice(-kept / 2), 80))
  const length = quick ? 2_500 : 10_000
  // Of each kind in turn, so that one batch is like another.
  const texts = Array.from({ length }, (_, i) => kinds[i % kinds.length][Math.floor(i / kinds.length)])
  const loaded = await loadAll(peers)
  warmUp(loaded, all[0].slice(-kept, -kept / 2))
  const { fresh, repeated } = smallTexts(loaded, texts)
  const ratio = (times, name) => (times.trimtab ? `${short(times[name] / times.trimtab)}x` : '')
  table(
    `Small texts: ${texts.length} of 80 characters, all kinds, microseconds each, and how much longer than trimtab`,
    ['', 'fresh', '', 'repeated', ''],
    Object.keys(peers).map((name) => [
      name,
      short(fresh[name]),
      ratio(fresh, name),
      short(repeated[name]),
      ratio(repeated, name),
    ]),
  )
  return { fresh, repeated }
}
