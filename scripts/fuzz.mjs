// Runs the fuzz targets under libFuzzer: `npm run fuzz`, or `npm run fuzz -- json log --seconds 600`.
//
// LLVM's coverage passes are asked for by options that the stable compiler takes, so neither cargo-fuzz nor a nightly
// compiler is needed. What is found new is kept in target/fuzz/corpus, what fails in target/fuzz/failures.
import { mkdir, readdir } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { parseArgs } from 'node:util'
import { attempt, run } from './command.mjs'
import { root, target } from './paths.mjs'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' } },
})
const seconds = Number(options.seconds)
if (!(seconds > 0)) throw new Error(`--seconds wants a number above 0, not '${options.seconds}'`)

const folder = join(target, 'fuzz')
const manifest = join(root, 'fuzz/Cargo.toml')
const instrumented = [
  '--cfg fuzzing -Ccodegen-units=1 -Cdebug-assertions -Coverflow-checks -Cpasses=sancov-module',
  '-Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters',
  '-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares',
]

const all = (await readdir(join(root, 'fuzz/fuzz_targets'))).map((file) => parse(file).name).sort()
const unknown = positionals.find((name) => !all.includes(name))
if (unknown) throw new Error(`there is no fuzz target '${unknown}': there are ${all.join(', ')}`)
const wanted = positionals.length ? positionals : all

// With a target named, what only runs while building is left as it is.
const host = (await run('rustc', ['-vV'])).match(/^host: (.+)$/m)[1]
await run('cargo', ['build', '--release', '--manifest-path', manifest, '--target', host], {
  echo: true,
  env: { CARGO_TARGET_DIR: folder, RUSTFLAGS: instrumented.join(' ') },
})

let failed = 0
for (const name of wanted) {
  const [corpus, failures] = ['corpus', 'failures'].map((part) => join(folder, part, name))
  await Promise.all([corpus, failures].map((path) => mkdir(path, { recursive: true })))
  const limits = [`-max_total_time=${seconds}`, '-timeout=20', '-rss_limit_mb=4096', `-artifact_prefix=${failures}/`]
  const { code, output } = await attempt(join(folder, host, 'release', name), [corpus, ...limits])
  const done = output.match(/^Done (\d+) runs in (\d+) second/m)
  const reached = [...output.matchAll(/cov: (\d+) ft: (\d+)/g)].at(-1)
  if (code === 0 && done) console.log(`${name}: ${done[1]} inputs in ${done[2]} s, ${reached?.[1] ?? 0} places reached`)
  else {
    failed++
    console.log(`${name}: failed; the input is in ${failures}\n${output.slice(-4_000)}`)
  }
}
console.log(`${wanted.length - failed} of ${wanted.length} targets found nothing`)
process.exitCode = failed ? 1 : 0
