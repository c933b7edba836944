// The order of a module's functions: such that each follows those it looks like, since gzip finds what repeats within 32 KB.
// 2% smaller than by name, and 4% smaller than by how often they are called.
import { readFile, rm, writeFile } from 'node:fs/promises'
import { run } from '../command.mjs'
import { parseModule, unsigned } from './sections.mjs'

const WINDOW = 32_768
/** How many bytes in a row make two functions alike. */
const STRETCH = 6
/** What is in more functions than this is near anyway. */
const COMMON = 400
/** Keeps functions of a few bytes from coming first. */
const LEVEL = 8

/** Writes the module at `path` anew, its functions ordered and without names. */
export async function orderFunctions(path) {
  const bytes = await readFile(path)
  const { imported, bodies } = parseModule(bytes)
  // Binaryen orders by name, so names it gets.
  const names = likeness(bodies).map((index, place) => [index + imported, String(place).padStart(6, '0')])
  names.sort(([one], [other]) => one - other)
  const sorted = `${path}.sorted`
  await writeFile(sorted, Buffer.concat([bytes, nameSection(names)]))
  await run('wasm-opt', [sorted, '-o', path, '--reorder-functions-by-name', '--strip-debug', '--strip-target-features'])
  await rm(sorted)
}

/** The indexes of `bodies` in an order in which each is as much as can be like what comes right before it. */
function likeness(bodies) {
  const stretches = repeatedStretches(bodies)
  const holders = new Map()
  for (const [body, held] of stretches.entries()) for (const stretch of held) push(holders, stretch, body)
  const seen = new Map()
  const shared = new Float64Array(bodies.length)
  const count = (body, step) => {
    for (const stretch of stretches[body]) {
      const before = seen.get(stretch) ?? 0
      seen.set(stretch, before + step)
      // Counted once, however many of the window have it.
      if (before === 0 || before + step === 0) for (const holder of holders.get(stretch)) shared[holder] += step
    }
  }
  const left = new Set(bodies.keys())
  const order = []
  let [first, size] = [0, 0]
  while (left.size > 0) {
    const next = best(left, (body) => shared[body] / (stretches[body].length + LEVEL))
    left.delete(next)
    order.push(next)
    count(next, 1)
    size += bodies[next].length
    for (; size > WINDOW && first < order.length - 1; first++) {
      count(order[first], -1)
      size -= bodies[order[first]].length
    }
  }
  return order
}

function best(candidates, score) {
  let [found, highest] = [undefined, -1]
  for (const candidate of candidates) {
    const reached = score(candidate)
    if (reached > highest) [found, highest] = [candidate, reached]
  }
  return found
}

/** For each body, the stretches of bytes that it shares with some others. */
function repeatedStretches(bodies) {
  const all = bodies.map((body) => {
    const text = body.toString('latin1')
    return new Set(
      Array.from({ length: Math.max(0, text.length - STRETCH + 1) }, (_, at) => text.slice(at, at + STRETCH)),
    )
  })
  const held = new Map()
  for (const stretches of all) for (const stretch of stretches) held.set(stretch, (held.get(stretch) ?? 0) + 1)
  const repeats = (stretch) => held.get(stretch) > 1 && held.get(stretch) <= COMMON
  return all.map((stretches) => [...stretches].filter(repeats))
}

function push(lists, key, value) {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** A custom section with `names`, of `[function, name]` in order of functions. */
function nameSection(names) {
  const text = (value) => [...unsigned(value.length), ...Buffer.from(value)]
  const functions = names.flatMap(([index, name]) => [...unsigned(index), ...text(name)])
  const list = [...unsigned(names.length), ...functions]
  const content = [...text('name'), 1, ...unsigned(list.length), ...list]
  return Buffer.from([0, ...unsigned(content.length), ...content])
}
