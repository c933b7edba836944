// From import to the first exact count in a fresh Node process, and the memory above that of a bare one.
import { inChild } from '../child.mjs'
import { median, short, table } from '../report.mjs'

export async function start({ peers, quick }) {
  const runs = quick ? 5 : 11
  const whole = Object.entries(peers).filter(([, peer]) => !peer.variant)
  const jobs = [['bare Node', []], ...whole.map(([name, { module, first }]) => [name, [first ?? module]])]
  const found = Object.fromEntries(jobs.map(([name]) => [name, []]))
  for (let run = 0; run < runs; run++) {
    for (const [name, args] of jobs) found[name].push(await inChild('start', args))
  }
  const failed = Object.entries(found).find(([, all]) => all.some((one) => one.failure || one.late))
  if (failed) throw new Error(`${failed[0]}: ${JSON.stringify(failed[1].at(-1))}`)
  const middle = (name, figure) => median(found[name].map((one) => one[figure]))
  const figures = Object.fromEntries(
    whole.map(([name]) => [
      name,
      {
        ms: middle(name, 'ms'),
        busy: middle(name, 'busy'),
        rss: middle(name, 'rss') - middle('bare Node', 'rss'),
        peak: middle(name, 'peak') - middle('bare Node', 'peak'),
      },
    ]),
  )
  const usual = figures['gpt-tokenizer']
  const ratio = (figure, value) => (usual ? `${short(value / usual[figure])}x` : '')
  table(
    `Start: import to first count, fresh Node process, median of ${runs}; memory in MB above bare Node (${short(middle('bare Node', 'rss'))}, peak ${short(middle('bare Node', 'peak'))})`,
    ['', 'ms', 'of gpt-tokenizer', 'ms of processor', 'of gpt-tokenizer', 'memory', 'peak'],
    Object.entries(figures).map(([name, { ms, busy, rss, peak }]) => [
      name,
      short(ms),
      ratio('ms', ms),
      short(busy),
      ratio('busy', busy),
      short(rss),
      short(peak),
    ]),
  )
  return figures
}
