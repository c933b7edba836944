// Megabytes a second, over text that nobody has counted before, and over the same again.
import { throughput, warmUp } from '../measure.mjs'
import { loadAll } from '../peers/load.mjs'
import { speedTable } from '../report.mjs'

/** What is kept of each corpus for other parts, in characters: this one has read all the rest. */
export const kept = 220_000

export async function speed({ peers, corpora, quick }) {
  const loaded = await loadAll(peers)
  const texts = Object.entries(await corpora()).map(([kind, text]) => [kind, text.slice(0, quick ? 500_000 : -kept)])
  warmUp(loaded, (await corpora()).english.slice(-kept / 2))
  const fresh = {}
  const repeated = {}
  for (const [kind, text] of texts) {
    const found = throughput(loaded, text)
    fresh[kind] = found.fresh
    repeated[kind] = found.repeated
  }
  speedTable('Fresh text, MB/s of UTF-8, medians over slices that nobody has counted before', fresh)
  speedTable('The same text again, MB/s', repeated)
  return { fresh, repeated }
}
