// Browsers without a bundler, or with one that copies assets: the core is streamed, not inlined.
import { provide } from '../runtime'
import type { Variant } from '../vectors'
import { pack } from './packs'

// Written out, because bundlers look for this form to know which files to copy.
const urls = {
  core: () => new URL('./core.wasm', import.meta.url),
  'core-scalar': () => new URL('./core-scalar.wasm', import.meta.url),
  counter: () => new URL('./counter.wasm', import.meta.url),
  'counter-scalar': () => new URL('./counter-scalar.wasm', import.meta.url),
}

async function streamed(variant: () => Variant): Promise<WebAssembly.Module | ArrayBuffer> {
  const url = urls[variant()]()
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url.pathname}: the server answered ${response.status}`)
  // A server that doesn't know the type of .wasm costs the streaming, not the page.
  const streams = response.headers.get('content-type')?.startsWith('application/wasm')
  return streams ? WebAssembly.compileStreaming(response) : response.arrayBuffer()
}

provide({ core: streamed, counter: streamed, pack })

export * from '../index'
