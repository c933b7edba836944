// Megabytes a second over text that nobody has counted before, where the processor's caches are a peer's own.
import { inChild } from '../child.mjs'
import { median, speedTable } from '../report.mjs'

/** Of each kind, in characters. */
const length = 500_000

export async function alone({ peers, corpora, quick }) {
  const kinds = Object.keys(await corpora())
  const names = Object.keys(peers).filter((name) => !peers[name].patient)
  const found = Object.fromEntries(names.map((name) => [name, []]))
  const runs = quick ? 2 : 5
  for (let run = 0; run < runs; run++) {
    for (const name of names) {
      const speeds = await inChild('alone', [peers[name].module, String(length)])
      if (!speeds[kinds[0]]) throw new Error(`${name}: ${JSON.stringify(speeds)}`)
      found[name].push(speeds)
    }
  }
  const middle = (name, kind) => median(found[name].map((speeds) => speeds[kind]))
  const row = (kind) => Object.fromEntries(names.map((name) => [name, middle(name, kind)]))
  const figures = Object.fromEntries(kinds.map((kind) => [kind, row(kind)]))
  speedTable(
    `Fresh text in a process of its own, MB/s of UTF-8, ${length} characters a kind, median of ${runs}`,
    figures,
  )
  return figures
}
