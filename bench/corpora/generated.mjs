// What no package ships: logs, and text without words. Generated with a seed.
import { below, pick, random } from '../random.mjs'

const hex = (next, length) => Array.from({ length }, () => below(next, 16).toString(16)).join('')
const uuid = (next) => [8, 4, 4, 4, 12].map((length) => hex(next, length)).join('-')
const address = (next) => Array.from({ length: 4 }, () => below(next, 256)).join('.')
const base64 = (next, length) => Buffer.from(Array.from({ length }, () => below(next, 256))).toString('base64')

const levels = ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR']
const parts = ['orders', 'users', 'payments', 'search', 'sessions', 'images', 'reports', 'health', 'carts', 'invoices']
const verbs = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH']
const said = [
  'connection reset by peer',
  'cache miss, going to the database',
  'retrying in a moment',
  'request finished',
  'token expired',
  'slow query',
  'queue is above its high-water mark',
  'configuration reloaded',
  'certificate renewed',
  'garbage collection took longer than its budget',
]
const pathOf = (next) => `/api/v${1 + below(next, 3)}/${pick(next, parts)}/${below(next, 1e6)}`

/** One line of a log each, in formats that are often met. */
const formats = [
  (next, at) =>
    `${at.toISOString()} ${pick(next, levels)} [worker-${below(next, 64)}] ${pick(next, parts)}: ${pick(next, said)} id=${uuid(next)} took=${below(next, 4000)}ms`,
  (next, at) =>
    `${address(next)} - - [${at.toUTCString()}] "${pick(next, verbs)} ${pathOf(next)} HTTP/1.1" ${pick(next, [200, 200, 201, 304, 404, 500])} ${below(next, 90_000)} "-" "Mozilla/5.0 (X11; Linux x86_64)"`,
  (next, at) =>
    `${at.toString().slice(4, 24)} node${below(next, 40)} kernel: [${below(next, 1e6)}.${below(next, 1e6)}] eth${below(next, 4)}: ${pick(next, said)} (${hex(next, 8)})`,
  (next, at) =>
    JSON.stringify({
      ts: at.getTime() / 1e3,
      level: pick(next, levels).toLowerCase(),
      msg: pick(next, said),
      trace: hex(next, 32),
      path: pathOf(next),
      status: 200 + below(next, 304),
    }),
  (next) =>
    `\tat com.example.${pick(next, parts)}.${pick(next, ['Handler', 'Service', 'Store', 'Client'])}.${pick(next, ['run', 'apply', 'find', 'call'])}(${pick(next, ['Main', 'Base', 'Abstract'])}.java:${below(next, 900)})`,
]

/** `size` characters of log lines, each service with its own format for a while. */
export function logs(size, seed) {
  const next = random(seed)
  let at = 1_750_000_000_000
  let format = formats[0]
  let text = ''
  while (text.length < size) {
    if (next() < 0.1) format = pick(next, formats)
    at += below(next, 900)
    text += `${format(next, new Date(at))}\n`
  }
  return text
}

/** One piece each of what has no words in it. */
const pieces = [
  (next) => `${base64(next, 30 + below(next, 900))}\n`,
  (next) => `${uuid(next)},${below(next, 1e9)},${(next() * 1e4).toFixed(4)},${hex(next, 40)},${address(next)}\n`,
  (next) => `data:image/png;base64,${base64(next, 200)}\n`,
  (next) =>
    `https://example.org/${uuid(next)}?sig=${encodeURIComponent(base64(next, 24))}&exp=${below(next, 2e9)}#${hex(next, 6)}\n`,
  (next) =>
    `${Array.from({ length: 16 }, () => hex(next, 2)).join(' ')}  ${Array.from({ length: 8 }, () => below(next, 65_536)).join('\t')}\n`,
]

/** `size` characters of base64, hexadecimal, identifiers, numbers and addresses. */
export function wordless(size, seed) {
  const next = random(seed)
  let text = ''
  while (text.length < size) text += pick(next, pieces)(next)
  return text
}
