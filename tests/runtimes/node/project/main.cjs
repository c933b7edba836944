const { createTrimtab, optimize, countTokens } = require('trimtab')
const { check } = require('./check.cjs')

check({ createTrimtab, optimize, countTokens }).then(console.log)
