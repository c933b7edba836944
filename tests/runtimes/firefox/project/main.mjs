import { countTokens, createTrimtab, optimize } from 'trimtab'
import { check } from './check.mjs'

check({ createTrimtab, optimize, countTokens }).then(
  (line) => document.documentElement.setAttribute('data-result', line),
  (error) => document.documentElement.setAttribute('data-result', String(error?.stack ?? error)),
)
