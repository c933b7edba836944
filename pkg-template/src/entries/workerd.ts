// Cloudflare's runtime compiles no bytes in a handler: it has to see the module at deployment.

import { provide } from '../runtime'
import core from './core.wasm'
import { pack } from './packs'

provide({ core: async () => core, pack })

export * from '../index'
