const { createTrimtab, optimize, countTokens } = require('trimtab')
const { check } = require('./check.cjs')

test('the package works', async () => {
  process.stdout.write(`${await check({ createTrimtab, optimize, countTokens })}\n`)
})
