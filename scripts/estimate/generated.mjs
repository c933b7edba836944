// Logs, and text without words, in forms of their own: not those of bench/corpora/generated.mjs, which are measured on.
import { below, pick, random } from '../../bench/random.mjs'

const next = random(99)
const some = (count, of) => Array.from({ length: count }, of)
const bytes = (count) => Buffer.from(some(count, () => below(next, 256)))
const hex = (count) => bytes(count).toString('hex').slice(0, count)
const id = () => [8, 4, 4, 4, 12].map(hex).join('-')
const moment = () => new Date(1.6e12 + below(next, 2e11))
const address = () => some(4, () => below(next, 256)).join('.')

const words =
  'account action backup balance bucket buffer cache channel client cluster config connection container context cookie customer daemon data device domain email entry event failed file filter flow handler image index input invalid item job key label layer limit listener loaded lock login mail memory message method module monitor network node object offset option order output packet page parser patch payload pending pool port process profile proxy queue quota record refused region remote request response retry route runner sample schedule schema script segment sensor server session shard socket source stale started status stopped storage stream subject task template tenant thread timeout token trace unknown update upload user value version volume warning watch window worker'.split(
    ' ',
  )
const word = () => pick(next, words)
const phrase = () => some(2 + below(next, 7), word).join(' ')
const levels = 'INFO WARN ERROR DEBUG TRACE info error warning notice'.split(' ')
const level = () => pick(next, levels)
const clock = () => moment().toISOString().slice(0, 19).replace('T', ' ')

const logForms = [
  () =>
    `${moment().toISOString()} ${level()} ${word()}.${word()}: ${phrase()} ${word()}=${below(next, 5000)} ${word()}_id=${id()}`,
  () => `[${clock()}] [${level()}] [${word()}-${below(next, 20)}] ${phrase()}`,
  () =>
    `${address()} - ${word()} [${moment().toUTCString()}] "GET /${word()}/${word()}?${word()}=${below(next, 1000)} HTTP/2" ${200 + below(next, 300)} ${below(next, 1e5)} "-" "curl/7.${below(next, 90)}.0"`,
  () =>
    `Aug ${1 + below(next, 28)} ${clock().slice(11)} host${below(next, 9)} ${word()}[${below(next, 9999)}]: ${phrase()}`,
  () =>
    JSON.stringify({
      time: moment(),
      level: level(),
      message: phrase(),
      [word()]: below(next, 1e5),
      request_id: hex(32),
    }),
  () => `    at ${word()}.${word()} (/app/src/${word()}/${word()}.js:${below(next, 900)}:${below(next, 90)})`,
  () =>
    `level=${level()} ts=${moment().toISOString()} caller=${word()}.go:${below(next, 900)} msg="${phrase()}" duration=${below(next, 900)}ms`,
]

const wordlessForms = [
  () => bytes(20 + below(next, 400)).toString('base64'),
  () => bytes(20 + below(next, 60)).toString('base64url'),
  () => `${id()} ${hex(16).toUpperCase()} 0x${hex(8)} ${below(next, 1e6)}.${below(next, 1e4)}`,
  () => `sha256:${hex(64)}`,
  () => `"integrity": "sha512-${bytes(64).toString('base64')}",`,
  () =>
    `https://${word()}.example.com/${word()}/${id()}?token=${bytes(18).toString('base64url')}&t=${below(next, 2e9)}`,
  () => some(16, () => hex(2)).join(' '),
  () => some(6, () => (next() * 1e3).toFixed(3)).join(','),
  () => `${address()}:${below(next, 65_536)}`,
  () => `"${encodeURIComponent(bytes(15).toString('base64'))}"`,
  () => some(4 + below(next, 20), () => below(next, 70_000)).join(pick(next, ['\t', ', ', ' '])),
]

/** `size` characters of lines, several of one form after each other. */
function lines(forms, size) {
  let [text, form] = ['', forms[0]]
  while (text.length < size) {
    if (next() < 0.3) form = pick(next, forms)
    text += `${form()}\n`
  }
  return text
}

export const logs = (size) => lines(logForms, size)
export const wordless = (size) => lines(wordlessForms, size)
