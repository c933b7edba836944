// A megabyte of one kind each: what is quadratic shows.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { target } from '../../scripts/paths.mjs'
import { readSet } from '../../tests/adversarial/set.mjs'
import { inChild } from '../child.mjs'
import { median, short, table } from '../report.mjs'

/** The megabytes of the adversarial set, in its order. */
const kinds = ['a', 'a to z', 'spaces', 'newlines', 'digits', 'punctuation', 'one Han character', 'emoji', 'base64']

export async function linear({ peers, quick }) {
  const limit = quick ? 5_000 : 20_000
  const quickEnough = Object.entries(peers).filter(([, peer]) => !peer.patient && !peer.variant)
  const figures = {}
  const { megabytes } = readSet(['megabytes'])
  const path = join(target, 'bench/megabyte.txt')
  await mkdir(join(target, 'bench'), { recursive: true })
  for (const [index, kind] of kinds.entries()) {
    const { text, ids } = megabytes[index]
    await writeFile(path, text)
    const found = Object.fromEntries(quickEnough.map(([name]) => [name, []]))
    for (let run = 0; run < 3; run++) {
      for (const [name, { module }] of quickEnough) {
        // What was too slow or failed once is not tried again.
        if (found[name].every(({ ms }) => ms < 2_000)) {
          found[name].push(await inChild('linear', [module, path, String(ids.o200k_base.length)], { limit }))
        }
      }
    }
    figures[kind] = Object.fromEntries(Object.entries(found).map(([name, all]) => [name, verdict(all, limit)]))
  }
  const names = quickEnough.map(([name]) => name)
  const worst = (name) => {
    const all = kinds.map((kind) => figures[kind][name])
    return all.find((value) => typeof value === 'string') ?? Math.max(...all)
  }
  table(
    `A megabyte of one kind, ms, median of 3, in a fresh process each; ended after ${limit / 1e3} s`,
    ['', ...names],
    [
      ...kinds.map((kind) => [kind, ...names.map((name) => shown(figures[kind][name]))]),
      ['the worst', ...names.map((name) => shown(worst(name)))],
    ],
  )
  return figures
}

function verdict(all, limit) {
  const { failure, late, right, ms } = all.at(-1)
  if (late) return `> ${limit / 1e3} s`
  if (failure) return 'crashes'
  return right ? median(all.map((one) => one.ms)) : `wrong (${short(ms)})`
}

const shown = (value) => (typeof value === 'string' ? value : short(value))
