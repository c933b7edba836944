// The command line as a program: its input, its output, its exit codes.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { calls, hostile, lines, now } from './samples.mjs'

const cli = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url))
const esc = '\u001b'
let folder

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trimtab-test-'))
  await writeFile(join(folder, 'calls.jsonl'), lines(calls))
})
after(() => rm(folder, { recursive: true }))

/** Runs the command line: `{ code, out, err }`. */
function trimtab(args, input = '', env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env: { ...process.env, ...env } })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => (out += chunk))
    child.stderr.on('data', (chunk) => (err += chunk))
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.end(input)
  })
}

const until = new Date(now).toISOString()
const about = ['--file', 'calls.jsonl', '--until', until]

test('tokens are counted from standard input and from files', async () => {
  assert.deepEqual(await trimtab(['count'], 'hello world'), { code: 0, out: '2\n', err: '' })
  await writeFile(join(folder, 'a.txt'), 'hello world')
  const { out } = await trimtab(['count', 'a.txt', '-', '--json', '-m', 'gpt-4o'], 'hello')
  assert.deepEqual(JSON.parse(out), {
    version: 1,
    command: 'count',
    model: 'gpt-4o',
    tokens: 3,
    files: [
      { name: 'a.txt', tokens: 2 },
      { name: '-', tokens: 1 },
    ],
  })
  assert.equal((await trimtab(['count', '--budget', '1'], 'hello world')).code, 3)
})

test('a text is optimized within its budget, and what is recorded can be asked for', async () => {
  const text = Array.from({ length: 40 }, (_, i) => `Shed ${i} holds ${i * 7} ropes.`).join(' ')
  const asked = ['optimize', '-q', 'What does shed 7 hold?', '-b', '60', '--store', 'state']
  const { code, out, err } = await trimtab(asked, text)
  assert.equal(code, 0, err)
  assert.match(out, /Shed 7 holds 49/)
  assert.match(err, /→ \d+ tokens/)
  const stats = JSON.parse((await trimtab(['stats', '--store', 'state', '--json'])).out)
  assert.deepEqual([stats.version, stats.command, stats.operations], [1, 'stats', 1])
  assert.ok((await readdir(join(folder, 'state'))).length > 0)
})

test('every question about metrics has an answer for people and one for programs', async () => {
  for (const args of [
    ['stats'],
    ['stats', '--by', 'user'],
    ['report', '48'],
    ['top', '3'],
    ['effectiveness', '48'],
    ['budget', '-b', '50'],
  ]) {
    const people = await trimtab([...args, ...about])
    assert.deepEqual([people.code, people.err], [0, ''], args.join(' '))
    assert.ok(!people.out.includes(esc), 'a pipe gets no colours')
    const { out } = await trimtab([...args, ...about, '--json'])
    const answer = JSON.parse(out)
    assert.deepEqual([answer.version, answer.command], [1, args[0]])
  }
  const { out } = await trimtab(['report', '48', ...about, '--json', '--user', 'ada'])
  assert.equal(JSON.parse(out).calls, 20)
  const since = await trimtab(['report', ...about, '--since', '2026-09-23T06:00Z', '--json'])
  assert.equal(JSON.parse(since.out).hours, 6)
  assert.ok((await trimtab(['stats', ...about], '', { FORCE_COLOR: '1', NO_COLOR: '' })).out.includes(`${esc}[1m`))
})

test('a report is written as HTML into a file', async () => {
  const { code } = await trimtab(['report', '48', ...about, '--format', 'html', '-o', 'report.html'])
  assert.equal(code, 0)
  assert.match(await readFile(join(folder, 'report.html'), 'utf8'), /^<!doctype html>/)
})

test('an exceeded budget ends with 3 where that is asked for', async () => {
  const usage = { input_tokens: 1_000_000, output_tokens: 0 }
  const record = JSON.stringify({ model: 'gpt-4o', usage })
  const over = await trimtab(['budget', '--check', '-b', '1', '--json'], record)
  assert.deepEqual([over.code, JSON.parse(over.out).over], [3, true])
  assert.equal((await trimtab(['budget', '-b', '1'], record)).code, 0)
  assert.equal((await trimtab(['budget', '--check', '-b', '3'], record)).code, 0)
})

test('mistakes end with 2 and say what would do', async () => {
  const cases = [
    [[], /say what to do/],
    [['conut'], /there are count, optimize/],
    [['count', '--modle', 'x'], /modle/],
    [['count', 'missing.txt'], /can't be read/],
    [['count', '-b', 'many'], /whole number/],
    [['count', '-m', 'no-such-model'], /no-such-model/],
    [['report', 'soon'], /whole number/],
    [['report', ...about, '--format', 'pdf'], /markdown, html, json/],
    [['stats', '--since', 'yesterday'], /24h or 7d/],
    [['stats'], /holds no metrics/],
    [['budget', ...about], /--budget/],
  ]
  for (const [args, message] of cases) {
    const { code, out, err } = await trimtab(args)
    assert.deepEqual([code, out], [2, ''], args.join(' '))
    assert.match(err, message)
  }
  assert.equal((await trimtab(['stats'], 'this is no export')).code, 2)
})

test('names can not command the terminal', async () => {
  const records = hostile.map((user, i) => ({
    at: now - i,
    model: 'gpt-4o',
    user,
    usage: { input_tokens: 9, output_tokens: 1 },
  }))
  const { out, code } = await trimtab(['top', '20'], lines(records))
  assert.equal(code, 0)
  assert.doesNotMatch(out, /(?!\n)\p{Cc}|\u202e/u)
  assert.match(out, /<script>/, 'what is harmless there is shown')
})

test('help and version need nothing', async () => {
  assert.match((await trimtab(['--help'])).out, /^Usage: trimtab/)
  assert.match((await trimtab(['-V'])).out, /^\d+\.\d+\.\d+\n$/)
})

test('the dashboard and the metrics are served on this machine', async () => {
  const child = spawn(process.execPath, [cli, 'serve', '--file', 'calls.jsonl', '--json'], { cwd: folder })
  const ended = new Promise((resolve) => child.once('close', resolve))
  try {
    const [line] = await Promise.race([
      new Promise((resolve) => child.stdout.once('data', (chunk) => resolve([String(chunk)]))),
      new Promise((_, reject) => child.once('close', (code) => reject(new Error(`ended with ${code}`)))),
    ])
    const { url } = JSON.parse(line)
    const metrics = await (await fetch(new URL(new URL(url).searchParams.get('file'), url))).json()
    assert.equal(metrics.records.length, calls.length)
    assert.match(await (await fetch(url)).text(), /<html/)
    assert.equal((await fetch(new URL('pkg/index.js', url))).status, 200)
  } finally {
    child.kill('SIGTERM')
  }
  assert.equal(await ended, 0)
})
