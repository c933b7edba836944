import { countTokens, createTrimtab, optimize } from 'trimtab'
import { check } from './check.mjs'

console.log(await check({ createTrimtab, optimize, countTokens }))
