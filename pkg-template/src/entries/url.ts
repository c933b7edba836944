// Browsers without a bundler, or with one that copies assets: the core is streamed, not inlined.
import { provide } from '../runtime'
import { pack } from './packs'

async function streamed(): Promise<WebAssembly.Module | ArrayBuffer> {
  const response = await fetch(new URL('./core.wasm', import.meta.url))
  if (!response.ok) throw new Error(`core.wasm: the server answered ${response.status}`)
  // A server that doesn't know the type of .wasm costs the streaming, not the page.
  const streams = response.headers.get('content-type')?.startsWith('application/wasm')
  return streams ? WebAssembly.compileStreaming(response) : response.arrayBuffer()
}

provide({ core: streamed, pack })

export * from '../index'
