import { countTokens, createTrimtab, estimate, optimize } from 'trimtab'
import { expect, test } from 'vitest'
import { check } from './check.mjs'

test('the package works', async () => {
  const line = await check({ createTrimtab, optimize, countTokens, estimate })
  expect(line).toMatch(/tokens/)
  process.stdout.write(`${line}\n`)
})
