// Bundlers, Node, Deno, Bun, browsers: the modules travel inline, so nothing has to be configured or copied.

import { modules } from '#modules'
import { fromBase64 } from '../base64'
import { inflate } from '../packed'
import { provide } from '../runtime'
import { variant } from '../vectors'
import { pack } from './packs'

async function inline(name: 'core' | 'counter'): Promise<Uint8Array<ArrayBuffer>> {
  return inflate(fromBase64((await modules[variant(name)]()).default))
}

provide({ core: () => inline('core'), counter: () => inline('counter'), pack })

export * from '../index'
