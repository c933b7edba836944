// Sizes, start-up and speed of counting, beside other packages, in one run: `npm run bench`.
//
// Every text is fresh: a slice that nobody has counted before. Peers take turns, so that a machine that slows down slows
// all of them, and what is compared are medians.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { buildSync } from 'esbuild'
import { corpora } from './corpora.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } })

/** What a bundler makes of `contents`, minified. */
function bundled(contents) {
  const stdin = { contents, resolveDir: root }
  return buildSync({ stdin, bundle: true, minify: true, format: 'esm', write: false }).outputFiles[0].contents
}

/** The packages: which files a browser has to load to count in o200k_base, and how to count. */
const packages = {
  trimtab: {
    files: () => [
      ...readdirSync(join(root, 'pkg'))
        .filter((name) => /^(index|core|shared-.*)\.js$/.test(name))
        .map((name) => `pkg/${name}`),
      'pkg/packs/o200k_base.js',
    ],
    start: `const { createTrimtab } = await import('${join(root, 'pkg/index.js')}')
      const t = await createTrimtab({ encoding: 'o200k_base', store: 'memory' }); const count = (s) => t.count(s)`,
  },
  'gpt-tokenizer': {
    files: () => [bundled(`export { countTokens } from 'gpt-tokenizer/encoding/o200k_base'`)],
    start: `const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
      const plain = { disallowedSpecial: new Set() }; const count = (s) => countTokens(s, plain)`,
  },
  tiktoken: {
    files: () =>
      ['lite/init.js', 'lite/tiktoken_bg.js', 'lite/tiktoken_bg.wasm', 'encoders/o200k_base.json'].map(
        (name) => `node_modules/tiktoken/${name}`,
      ),
    start: `const { Tiktoken } = await import('tiktoken/lite'); const { createRequire } = await import('node:module')
      const e = createRequire('${join(root, 'x.js')}')('tiktoken/encoders/o200k_base.json')
      const t = new Tiktoken(e.bpe_ranks, e.special_tokens, e.pat_str); const count = (s) => t.encode_ordinary(s).length`,
  },
}

function sizes() {
  console.log('\nOn the wire, all that a browser loads to count in o200k_base (KB)')
  console.log('package'.padEnd(16), 'raw'.padStart(9), 'gzip'.padStart(9), 'brotli'.padStart(9))
  for (const [name, { files }] of Object.entries(packages)) {
    const all = files().map((file) => (typeof file === 'string' ? readFileSync(join(root, file)) : file))
    const sum = (of) => (all.reduce((total, bytes) => total + of(bytes).length, 0) / 1000).toFixed(1)
    console.log(
      name.padEnd(16),
      sum((b) => b).padStart(9),
      sum((b) => gzipSync(b, { level: 9 })).padStart(9),
      sum(brotli).padStart(9),
    )
  }
}

function startUp(runs = 7) {
  const times = Object.fromEntries(Object.keys(packages).map((name) => [name, []]))
  for (let run = 0; run < runs; run++) {
    for (const [name, { start }] of Object.entries(packages)) {
      const program = `const from = performance.now(); ${start}; count('hello world')
        console.log(performance.now() - from, process.memoryUsage().rss / 1e6)`
      const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        cwd: root,
        encoding: 'utf8',
      })
      if (!stdout) throw new Error(`${name}: ${stderr}`)
      times[name].push(stdout.split(' ').map(Number))
    }
  }
  console.log(`\nFrom import to the first count in a fresh process, median of ${runs} (ms, and memory in MB)`)
  for (const [name, all] of Object.entries(times)) {
    console.log(
      name.padEnd(16),
      median(all.map(([ms]) => ms))
        .toFixed(0)
        .padStart(9),
      median(all.map(([, mb]) => mb))
        .toFixed(0)
        .padStart(9),
    )
  }
}

async function throughput({ size = 1_500_000, slices = 15 } = {}) {
  const counts = {}
  for (const [name, { start }] of Object.entries(packages)) {
    const source = `${start.replaceAll('await import(', 'await load(')}; return count`
    const load = (specifier) => import(specifier)
    counts[name] = await new (Object.getPrototypeOf(async () => {}).constructor)('load', source)(load)
    counts[name]('warm up '.repeat(2_000))
  }
  console.log('\nFresh text, median over slices (MB/s of UTF-8)')
  console.log('corpus'.padEnd(16), ...Object.keys(packages).map((name) => name.padStart(14)))
  const means = Object.fromEntries(Object.keys(counts).map((name) => [name, 0]))
  const all = Object.entries(corpora(size))
  for (const [kind, text] of all) {
    const speeds = Object.fromEntries(Object.keys(counts).map((name) => [name, []]))
    const length = Math.floor(text.length / (slices * Object.keys(counts).length))
    let at = 0
    for (let slice = 0; slice < slices; slice++) {
      for (const [name, count] of Object.entries(counts)) {
        const piece = text.slice(at, at + length)
        at += length
        const bytes = Buffer.byteLength(piece)
        const from = performance.now()
        count(piece)
        speeds[name].push(bytes / 1e3 / (performance.now() - from))
      }
    }
    const row = Object.entries(speeds).map(([name, values]) => {
      means[name] += Math.log(median(values)) / all.length
      return median(values).toFixed(1).padStart(14)
    })
    console.log(kind.padEnd(16), ...row)
  }
  console.log(
    'geometric mean'.padEnd(16),
    ...Object.values(means).map((mean) => Math.exp(mean).toFixed(1).padStart(14)),
  )
}

if (!existsSync(join(root, 'pkg/index.js'))) throw new Error('there is no pkg/: npm run build makes it')
sizes()
startUp()
await throughput()
