// What the built entries may and may not hold.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { build, transform } from 'esbuild'
import { pkg } from '../../scripts/paths.mjs'

const scripts = (await readdir(pkg)).filter((name) => /\.c?js$/.test(name))
const text = (name) => readFile(join(pkg, name), 'utf8')
const manifest = JSON.parse(await text('package.json'))

/** The files that importing `entry` loads at once, and those that it loads later. */
async function loads(entry) {
  const options = { bundle: true, format: 'esm', platform: 'browser', write: false, metafile: true, splitting: true }
  const external = ['*.wasm', '*.wasm?module']
  const { metafile } = await build({ ...options, absWorkingDir: pkg, entryPoints: [entry], outdir: 'out', external })
  const [now, later] = [new Set(), new Set()]
  const visit = (name) => {
    if (now.has(name)) return
    now.add(name)
    for (const { path, kind, external } of metafile.inputs[name].imports) {
      if (kind === 'dynamic-import') later.add(path)
      else if (!external) visit(path)
    }
  }
  visit(entry)
  return { now: [...now], later: [...later] }
}

test('there are entries', () => assert.ok(scripts.length > 5))

/** What a strict policy forbids; the glue's description of a function, `Function(name)`, is text and not a call. */
const evaluation = /\beval\s*\(|\bnew\s+Function\b|(?<![`\w.])Function\s*\(|\bimportScripts\b/
const builtin = /(?:from|import|require)\s*\(?\s*["'](?:node:|(?:fs|path|url|module|crypto|util|worker_threads)["'/])/

test('no file has eval, a function made from text, or a built-in of Node', async () => {
  // The command line is for Node alone.
  for (const name of scripts.filter((name) => !name.startsWith('cli'))) {
    const code = await text(name)
    assert.equal(evaluation.exec(code)?.[0], undefined, name)
    assert.equal(builtin.exec(code)?.[0], undefined, name)
  }
})

test('what these patterns look for, they find', () => {
  for (const code of ['eval("x")', 'new Function("x")', ';Function("return this")()']) assert.match(code, evaluation)
  for (const code of ['import{a}from"fs"', 'require("node:os")', 'import("path/posix")']) assert.match(code, builtin)
})

test('no file has a top-level await', async () => {
  // A target that has everything but top-level await, so that esbuild refuses it.
  for (const name of scripts.filter((name) => name.endsWith('.js'))) {
    await transform(await text(name), { format: 'esm', supported: { 'top-level-await': false } })
  }
})

test('importing loads neither the core nor a vocabulary', async () => {
  for (const entry of ['index.js', 'url.js', 'workerd.js', 'edge-light.js', 'slim.js']) {
    const { now, later } = await loads(entry)
    assert.deepEqual(
      now.filter((name) => name.startsWith('packs/') || name === 'core.js'),
      [],
      entry,
    )
    const packs = later.filter((name) => name.startsWith('packs/'))
    assert.equal(packs.length > 0, entry !== 'slim.js', `${entry}: ${packs}`)
    assert.equal(later.includes('core.js'), entry === 'index.js', entry)
  }
})

test('every file that the map of exports names is there', async () => {
  const named = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(named))
  for (const path of named(manifest.exports).filter((path) => !path.includes('*'))) {
    assert.ok((await text(path)).length > 0, path)
  }
  for (const path of manifest.sideEffects) assert.ok((await text(path)).length > 0, path)
})
