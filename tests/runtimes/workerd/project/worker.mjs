import { countTokens, createTrimtab, estimate, optimize } from 'trimtab'
import { check } from './check.mjs'

export default {
  // In the handler, because what workerd allows there is less than what it allows at start-up.
  async fetch() {
    try {
      return new Response(await check({ createTrimtab, optimize, countTokens, estimate }))
    } catch (error) {
      return new Response(String(error?.stack ?? error), { status: 500 })
    }
  },
}
