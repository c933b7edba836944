// The kinds of text, one function each; each resolves to all the text there is of that kind.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../scripts/paths.mjs'
import { logs, wordless } from './generated.mjs'
import { proseIn, textOf } from './shape.mjs'
import { allOfNpm, debian, firefox, npm } from './sources.mjs'

const handbook = async (language) =>
  (await debian('debian-handbook', new RegExp(`html/${language}/[^/]*\\.html$`))).map(textOf)
const officeHelp = async (language) => (await debian(`libreoffice-help-${language}`, /\.html$/)).map(textOf)
const browser = (language) => firefox(`firefox-esr-l10n-${language}`)

/** An equal share, at most `share` characters, of the prose of each of `languages`: `[scripts, ...texts]`. */
async function equalShares(share, languages, least = 12) {
  const prose = languages.map(async ([scripts, ...sources]) =>
    proseIn(scripts.split(' '), await joined(...sources), least).slice(0, share),
  )
  return (await Promise.all(prose)).join('\n')
}

const joined = async (...sources) => (await Promise.all(sources)).flat().join('\n')
const first = async (files, size) => (await files).map((file) => file.slice(0, size))

export const kinds = {
  english: () => equalShares(4e6, [['Latin', handbook('en-US'), officeHelp('en-us')]], 60),
  code: () =>
    joined(
      first(npm('typescript', /^lib\/(typescript|lib\.dom\.d|typescript\.d|_tsc)\.(js|ts)$/), 900_000),
      first(debian('libpython3.11-stdlib', /\.py$/), 20_000),
      first(debian('libstdc++-12-dev', /\/bits\/\w+\.(h|tcc)$/), 20_000),
    ),
  json: () =>
    joined(
      npm('mime-db', /^db\.json$/),
      first(npm('@mdn/browser-compat-data', /^data\.json$/), 1_500_000),
      debian('iso-codes', /iso_(639-3|3166-[12])\.json$/),
      [
        readFile(join(root, 'package-lock.json'), 'utf8'),
        readFile(join(root, 'tests/runtimes/package-lock.json'), 'utf8'),
      ],
    ),
  cjk: () =>
    equalShares(6e5, [
      ['Han', handbook('zh-CN'), officeHelp('zh-cn')],
      ['Hiragana Katakana Han', handbook('ja-JP'), officeHelp('ja')],
      ['Hangul', handbook('ko-KR'), officeHelp('ko')],
    ]),
  'other scripts': () =>
    equalShares(4e5, [
      ['Cyrillic', handbook('ru-RU')],
      ['Greek', handbook('el-GR'), officeHelp('el')],
      ['Arabic', handbook('ar-MA'), handbook('fa-IR'), browser('ar')],
      ['Devanagari', officeHelp('hi'), browser('hi-in')],
      ['Thai', browser('th')],
      ['Hebrew', browser('he')],
    ]),
  markdown: () => joined(allOfNpm(/\.md$/i)),
  logs: async () => logs(4e6, 7),
  wordless: async () => wordless(4e6, 8),
}
