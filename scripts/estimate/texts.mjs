// What the estimate is fitted to: packages of Debian and npm that no corpus of bench/corpora is made of, and what is
// generated with a seed.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mixed, proseIn, textOf, withoutRepeats } from '../../bench/corpora/shape.mjs'
import { debian, filesOf, firefox, textsUnder } from '../../bench/corpora/sources.mjs'
import { root } from '../paths.mjs'
import { logs, wordless } from './generated.mjs'

const most = 3_000_000
const joined = async (...sources) => (await Promise.all(sources)).flat().join('\n')
const cut = async (files, size) => (await files).map((file) => file.slice(0, size))

const pages = async (name, matches = /\.html$/) => (await debian(name, matches)).map(textOf)
const gnome = (language) => pages('gnome-user-docs', new RegExp(`help/${language}/.*\\.page$`))
const installation = (language) => pages('installation-guide-amd64', new RegExp(`amd64/${language}/.*\\.html$`))

/** The translations in compiled catalogues of gettext. */
async function catalogues(name, matches) {
  const files = await filesOf(name, matches)
  return Promise.all(files.map(async (file) => translationsIn(await readFile(file))))
}
const wordpress = (language) => catalogues('wordpress-l10n', new RegExp(`languages/(\\w+-)*${language}\\.mo$`))
const office = (language) => catalogues(`libreoffice-l10n-${language}`, /\.mo$/)
const evolution = (language) => catalogues('evolution-common', new RegExp(`locale/${language}/.*\\.mo$`))
const mail = (language) => firefox(`thunderbird-l10n-${language}`)

function translationsIn(catalogue) {
  const [count, table] = [catalogue.readUInt32LE(8), catalogue.readUInt32LE(16)]
  const translation = (index) => {
    const [length, at] = [catalogue.readUInt32LE(table + 8 * index), catalogue.readUInt32LE(table + 8 * index + 4)]
    return catalogue.toString('utf8', at, at + length).replaceAll('\0', '\n')
  }
  // The first one is the catalogue's header.
  return Array.from({ length: Math.max(count - 1, 0) }, (_, i) => translation(i + 1)).join('\n')
}

/** Every second package of the root's node_modules, of those that are neither in the bench nor vocabularies. */
async function npmFiles(half, matches, size) {
  const { packages } = JSON.parse(await readFile(join(root, 'bench/package-lock.json'), 'utf8'))
  const folder = join(root, 'node_modules')
  const names = (await readdir(folder)).sort()
  const others = names.filter((name) => !/^(\.|binaryen|gpt-tokenizer|tiktoken|typescript)/.test(name))
  const own = others.filter((name) => !packages[`node_modules/${name}`])
  const chosen = own.filter((_, index) => index % 2 === half)
  return cut((await Promise.all(chosen.map((name) => textsUnder(join(folder, name), matches)))).flat(), size)
}

const prose = (scripts, least, size, ...sources) =>
  joined(...sources).then((text) => proseIn(scripts.split(' '), text, least).slice(0, size))
const each = async (languages, of) => (await Promise.all(languages.split(' ').map(of))).join('\n')

/**
 * Of each kind the texts that the weights are fitted to, and those that the correction is: others, since what it has to make
 * up for is how wrong the weights are about texts that they don't know.
 */
const kinds = {
  english: [
    () =>
      joined(
        prose('Latin', 60, 1_000_000, pages('postgresql-doc-15')),
        prose('Latin', 60, 1_500_000, pages('debian-reference-en'), pages('developers-reference')),
        prose('Latin', 60, 1_000_000, gnome('C'), debian('vim-runtime', /doc\/.*\.txt$/)),
      ),
    () =>
      joined(
        prose('Latin', 60, 600_000, installation('en')),
        prose('Latin', 60, 600_000, pages('aptitude-doc-en')),
        prose('Latin', 60, 600_000, debian('fortunes', /fortunes\/[a-z-]+$/)),
      ),
  ],
  latin: [
    () => each('de fr es it pt_BR pl cs hu vi fi sv id', (language) => prose('Latin', 12, 250_000, gnome(language))),
    () => each('de fr es it pt da nl cs vi', (language) => prose('Latin', 12, 150_000, installation(language))),
  ],
  code: [
    () =>
      joined(
        npmFiles(0, /\.[mc]?[jt]s$/, 40_000),
        cut(debian('python3-django', /^(?!.*locale).*\.py$/), 20_000),
        cut(debian('vim-runtime', /\.vim$/), 4_000),
      ),
    () =>
      joined(
        npmFiles(1, /\.[mc]?[jt]s$/, 20_000),
        cut(debian('python3-sympy', /\.py$/), 5_000),
        cut(debian('libeigen3-dev', /\.h$/), 20_000),
      ),
  ],
  json: [
    () =>
      joined(
        cut(debian('python3-botocore', /[aceg]\w*-\d.json$/), 30_000),
        cut(debian('node-mdn-data', /\.json$/), 100_000),
        npmFiles(0, /\.json$/, 10_000),
      ),
    () =>
      joined(
        cut(debian('node-caniuse-db', /\.json$/), 4_000),
        cut(debian('ruby-countries', /\.json$/), 40_000),
        npmFiles(1, /\.json$/, 10_000),
      ),
  ],
  cjk: [
    () =>
      joined(
        prose('Han', 8, 700_000, gnome('zh_CN'), wordpress('zh_CN'), office('zh-cn')),
        prose('Han Hiragana Katakana', 8, 700_000, gnome('ja'), wordpress('ja'), office('ja')),
        prose('Hangul', 8, 700_000, gnome('ko'), wordpress('ko_KR'), office('ko')),
      ),
    () =>
      joined(
        prose('Han', 8, 300_000, installation('zh_CN'), pages('debian-reference-zh-cn'), mail('zh-cn')),
        prose('Han Hiragana Katakana', 8, 300_000, installation('ja'), pages('debian-reference-ja'), mail('ja')),
        prose('Hangul', 8, 300_000, installation('ko'), mail('ko')),
      ),
  ],
  scripts: [
    () =>
      joined(
        prose('Cyrillic', 10, 600_000, gnome('ru'), wordpress('ru_RU')),
        prose('Greek', 10, 600_000, gnome('el'), wordpress('el')),
        prose('Arabic', 10, 700_000, wordpress('ar'), office('ar'), wordpress('fa_IR'), gnome('fa')),
        prose('Devanagari', 10, 700_000, gnome('hi'), office('hi')),
        prose('Thai', 10, 700_000, wordpress('th'), office('th')),
        prose('Hebrew', 10, 600_000, wordpress('he_IL'), gnome('he')),
      ),
    () =>
      joined(
        prose('Cyrillic', 10, 150_000, installation('ru'), mail('ru')),
        prose('Greek', 10, 150_000, installation('el'), mail('el')),
        prose('Arabic', 10, 150_000, mail('ar'), evolution('fa')),
        prose('Devanagari', 10, 150_000, evolution('hi')),
        prose('Thai', 10, 150_000, mail('th'), evolution('th')),
        prose('Hebrew', 10, 150_000, mail('he'), evolution('he')),
      ),
  ],
  markdown: [0, 1].map((half) => () => npmFiles(half, /\.md$/i, 40_000).then((files) => files.join('\n'))),
  logs: Array(2).fill(async () => logs(900_000)),
  wordless: Array(2).fill(async () => wordless(900_000)),
}

const read = async (all) => mixed(withoutRepeats(await all(), 30), 2 * most).slice(0, most)

/** Resolves to `{ kind: { weights, correction, held } }`: what each is fitted to, and what nothing is. */
export async function texts() {
  const found = {}
  for (const [kind, [first, second]] of Object.entries(kinds)) {
    const [weights, rest] = [await read(first), await read(second)]
    const end = Math.floor(rest.length * 0.8)
    found[kind] = { weights, correction: rest.slice(0, end), held: rest.slice(end) }
    console.error(`texts: ${kind}, ${weights.length} and ${rest.length} characters`)
  }
  return found
}
