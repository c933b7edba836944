import { countTokens, createTrimtab, estimate, optimize } from 'trimtab'
import { check } from './check.mjs'

console.log(await check({ createTrimtab, optimize, countTokens, estimate }))
