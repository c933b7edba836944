// Texts to measure on: from the packages that are installed here, or generated with a seed. None is read twice.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const modules = new URL('../node_modules/', import.meta.url).pathname

/** Numbers from 0 to 1 that are the same every time: mulberry32. */
export function random(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Up to `size` characters of the files whose name `matches`, in a fixed order. */
function fromFiles(matches, size) {
  const names = readdirSync(modules, { recursive: true })
    .filter((name) => matches.test(name))
    .sort()
  let text = ''
  for (const name of names) {
    if (text.length >= size) break
    text += readFileSync(join(modules, name), 'utf8').slice(0, 200_000)
  }
  return text.slice(0, size)
}

/** `size` characters of words made of the letters of a script. */
function words(letters, size, { seed, space = ' ' }) {
  const next = random(seed)
  const all = [...letters]
  let text = ''
  while (text.length < size) {
    for (let i = 1 + Math.floor(next() * 7); i > 0; i--) text += all[Math.floor(next() * next() * all.length)]
    text += next() < 0.1 ? '. ' : space
  }
  return text
}

const range = (from, to) => Array.from({ length: to - from }, (_, i) => String.fromCodePoint(from + i)).join('')

function log(size, seed) {
  const next = random(seed)
  const levels = ['INFO', 'WARN', 'ERROR', 'DEBUG']
  let text = ''
  for (let at = 1_750_000_000_000; text.length < size; at += Math.floor(next() * 900)) {
    const level = levels[Math.floor(next() * 4)]
    const time = new Date(at).toISOString()
    text += `${time} ${level} [worker-${Math.floor(next() * 32)}] request ${next().toString(36).slice(2, 10)} took ${Math.floor(next() * 2000)} ms\n`
  }
  return text
}

/** Text by kind, `size` characters of each. */
export const corpora = (size) => ({
  english: fromFiles(/(^|\/)(README|LICENSE|CHANGELOG)[^/]*$/i, size),
  code: fromFiles(/^(axe-core|typescript|publint|fflate)\/.*\.(js|mjs|ts)$/, size),
  json: fromFiles(/package(-lock)?\.json$/, size),
  chinese: words(range(0x4e00, 0x5e00), size / 2, { seed: 1, space: '' }),
  'other scripts': [
    range(0x430, 0x450),
    range(0x5d0, 0x5eb),
    range(0x905, 0x93a),
    range(0xe01, 0xe2f),
    range(0xac00, 0xad00),
  ]
    .map((letters, seed) => words(letters, size / 10, { seed }))
    .join('\n'),
  log: log(size, 7),
})
