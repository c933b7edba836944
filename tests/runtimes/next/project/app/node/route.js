import { countTokens, createTrimtab, estimate, optimize } from 'trimtab'
import { check } from '../../check.mjs'

export const dynamic = 'force-dynamic'

export const GET = async () => new Response(await check({ createTrimtab, optimize, countTokens, estimate }))
