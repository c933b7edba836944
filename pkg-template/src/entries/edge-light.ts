// Vercel's and Next.js's edge runtime, where `?module` asks for a compiled module.

import { provide } from '../runtime'
import core from './core.wasm?module'
import counter from './counter.wasm?module'
import { pack } from './packs'

provide({ core: async () => core, counter: async () => counter, pack })

export * from '../index'
