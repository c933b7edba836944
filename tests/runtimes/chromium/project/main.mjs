import { countTokens, createTrimtab, estimate, optimize } from 'trimtab'
import { check } from './check.mjs'

check({ createTrimtab, optimize, countTokens, estimate }).then(
  (line) => document.documentElement.setAttribute('data-result', line),
  (error) => document.documentElement.setAttribute('data-result', String(error?.stack ?? error)),
)
