const { createTrimtab, optimize, countTokens, estimate } = require('trimtab')
const { check } = require('./check.cjs')

check({ createTrimtab, optimize, countTokens, estimate }).then(console.log)
