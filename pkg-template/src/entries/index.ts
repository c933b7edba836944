// Bundlers, Node, Deno, Bun, browsers: the core travels inline, so nothing has to be configured or copied.

import { inflateSync } from 'fflate'
import { load } from '#core'
import { fromBase64 } from '../base64'
import { provide } from '../runtime'
import { pack } from './packs'

provide({ core: async () => inflateSync(fromBase64((await load()).default)), pack })

export * from '../index'
