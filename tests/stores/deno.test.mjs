// Deno KV, in Deno.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { run, which } from '../../scripts/command.mjs'
import { root } from '../../scripts/paths.mjs'
import { platformProgram } from '../runtimes/project.mjs'

// On PATH, or as the runtimes' tests install it.
const program = which('deno') ?? (await platformProgram('@deno', /^linux-.*-glibc$/, 'deno'))

test('Deno KV keeps its promises', { skip: !program && 'there is no deno, here or in tests/runtimes' }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trimtab-deno-'))
  try {
    const env = { DENO_DIR: join(folder, 'cache'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' }
    const permissions = ['--allow-read', '--allow-write', '--unstable-kv', '--no-prompt', '--no-config']
    const script = join(root, 'tests/stores/deno.mjs')
    const output = await run(program, ['run', ...permissions, script, join(folder, 'kv.sqlite')], { env, cwd: folder })
    assert.equal(output.trim(), 'kept')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
