// Bundlers, Node, Deno, Bun, browsers: the modules travel inline, so nothing has to be configured or copied.

import { modules } from '#modules'
import { fromBase64 } from '../base64'
import { inflate } from '../packed'
import { provide } from '../runtime'
import type { Variant } from '../vectors'
import { pack } from './packs'

async function inline(variant: () => Variant): Promise<Uint8Array<ArrayBuffer>> {
  return inflate(fromBase64((await modules[variant()]()).default))
}

provide({ core: inline, counter: inline, pack })

export * from '../index'
