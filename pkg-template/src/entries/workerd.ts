// Cloudflare's runtime compiles no bytes in a handler: it has to see the modules at deployment.

import { provide } from '../runtime'
import core from './core.wasm'
import counter from './counter.wasm'
import { pack } from './packs'

provide({ core: async () => core, counter: async () => counter, pack })

export * from '../index'
