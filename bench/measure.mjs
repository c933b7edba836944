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

/** Milliseconds that this process has had a processor for; browsers don't tell. */
const busy = () => {
  const { user, system } = globalThis.process.cpuUsage()
  return (user + system) / 1e3
}
const clocks = [() => performance.now(), ...(globalThis.process?.cpuUsage ? [busy] : [])]

/**
 * The milliseconds that `run` takes: of the clock's and of the processor's the fewer. The clock goes on while other
 * programs have the processor; the processor's time has that of the engine's other threads in it.
 */
export function timed(run) {
  const starts = clocks.map((clock) => clock())
  run()
  return Math.min(...clocks.map((clock, i) => clock() - starts[i]))
}

/** How many slices a peer counts in its turn; the first is not measured. */
const inTurn = 5

/**
 * Megabytes of UTF-8 a second, the median over slices that nobody has counted before, and over the same slices again:
 * `{ fresh: { peer: … }, repeated: { peer: … } }`.
 *
 * The first slice of a turn only brings a peer's tables back into the processor's caches, which the others have just
 * used for theirs: with eight peers taking turns by the slice, all that is measured is cache misses.
 */
export function throughput(peers, text, length = 8_000) {
  const names = Object.keys(peers)
  const slices = slicesOf(text, length)
  if (slices.length < names.length * inTurn) throw new Error(`${text.length} characters are too few for these peers`)
  const fresh = Object.fromEntries(names.map((name) => [name, []]))
  const repeated = Object.fromEntries(names.map((name) => [name, []]))
  for (let number = 0; slices.length >= names.length * inTurn; number++) {
    for (const name of turn(names, number)) {
      const own = slices.splice(0, inTurn)
      fresh[name].push(...speeds(peers[name], own).slice(1))
      repeated[name].push(...speeds(peers[name], own))
    }
  }
  const medians = (all) => Object.fromEntries(names.map((name) => [name, median(all[name])]))
  return { fresh: medians(fresh), repeated: medians(repeated) }
}

const speeds = ({ count }, slices) => slices.map((slice) => bytesOf(slice) / 1e3 / timed(() => count(slice)))

/**
 * Microseconds a text, the median over batches, peers taking turns of `inTurn` batches with the first not measured; and
 * the same for the same texts again: `{ fresh: { peer: … }, repeated: { peer: … } }`.
 */
export function smallTexts(peers, texts, batch = 250) {
  const names = Object.keys(peers)
  const run = () => {
    const times = Object.fromEntries(names.map((name) => [name, []]))
    for (let at = 0; at < texts.length; at += batch * inTurn) {
      for (const name of turn(names, at / batch)) times[name].push(...batches(peers[name], at).slice(1))
    }
    return Object.fromEntries(names.map((name) => [name, median(times[name])]))
  }
  const batches = ({ count }, at) =>
    Array.from({ length: inTurn }, (_, i) => {
      const some = texts.slice(at + i * batch, at + (i + 1) * batch)
      return (1e3 * timed(() => some.forEach((text) => void count(text)))) / some.length
    })
  return { fresh: run(), repeated: run() }
}

/** Lets the engines compile what they run, on a text that is not measured. */
export function warmUp(peers, text) {
  for (const slice of slicesOf(text, 4_000)) for (const { count } of Object.values(peers)) count(slice)
}
