// The clockwork of what is measured in a process of its own or in a browser's page: nothing here needs Node.
import { median } from './report.mjs'

/** `text` in slices of `length` characters, none cut inside of a character; what is left over is not used. */
export function slicesOf(text, length) {
  const slices = []
  for (let at = 0; at + length + 1 < text.length; ) {
    let end = at + length
    if (text.codePointAt(end - 1) > 0xffff) end++
    slices.push(text.slice(at, end))
    at = end
  }
  return slices
}

const bytesOf = (text) => new TextEncoder().encode(text).length

/** The names in another order for each turn, so that nobody always comes after the same one. */
const turn = (names, number) => names.map((_, i) => names[(i + number) % names.length])

function timed(count, text) {
  const start = performance.now()
  count(text)
  return performance.now() - start
}

/**
 * Megabytes of UTF-8 a second, the median over slices that nobody has counted before, and over the same slices again:
 * `{ fresh: { peer: … }, repeated: { peer: … } }`.
 */
export function throughput(peers, text, length = 16_000) {
  const names = Object.keys(peers)
  const slices = slicesOf(text, length)
  const fresh = Object.fromEntries(names.map((name) => [name, []]))
  const repeated = Object.fromEntries(names.map((name) => [name, []]))
  for (let number = 0; (number + 1) * names.length <= slices.length; number++) {
    for (const [i, name] of turn(names, number).entries()) {
      const slice = slices[number * names.length + i]
      const megabytes = bytesOf(slice) / 1e6
      fresh[name].push((megabytes * 1e3) / timed(peers[name].count, slice))
      const again = [timed(peers[name].count, slice), timed(peers[name].count, slice), timed(peers[name].count, slice)]
      repeated[name].push((megabytes * 1e3) / median(again))
    }
  }
  const medians = (all) => Object.fromEntries(names.map((name) => [name, median(all[name])]))
  return { fresh: medians(fresh), repeated: medians(repeated) }
}

/** Microseconds a text, for `texts` in batches of 250 with the peers taking turns; the second time is `repeated`. */
export function smallTexts(peers, texts, batch = 250) {
  const names = Object.keys(peers)
  const run = () => {
    const times = Object.fromEntries(names.map((name) => [name, []]))
    for (let at = 0; at < texts.length; at += batch) {
      const some = texts.slice(at, at + batch)
      for (const name of turn(names, at / batch)) {
        const { count } = peers[name]
        const start = performance.now()
        for (const text of some) count(text)
        times[name].push(((performance.now() - start) * 1e3) / some.length)
      }
    }
    return Object.fromEntries(names.map((name) => [name, median(times[name])]))
  }
  return { fresh: run(), repeated: run() }
}

/** Lets the engines compile what they run, on a text that is not measured. */
export function warmUp(peers, text) {
  for (const slice of slicesOf(text, 4_000)) for (const { count } of Object.values(peers)) count(slice)
}
