const { createTrimtab, optimize, countTokens, estimate } = require('trimtab')
const { check } = require('./check.cjs')

test('the package works', async () => {
  process.stdout.write(`${await check({ createTrimtab, optimize, countTokens, estimate })}\n`)
})
