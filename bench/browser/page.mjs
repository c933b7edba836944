// What runs in the page.
import { throughput, warmUp } from '../measure.mjs'

const file = async (name) => {
  const response = await fetch(`/file/${name}`)
  if (!response.ok) throw new Error(`${name}: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

export function open(loaders) {
  const peers = {}
  return {
    async start(text) {
      for (const [name, load] of Object.entries(loaders)) peers[name] = await (await load()).load(file)
      warmUp(peers, text)
    },
    run: (text) => throughput(peers, text),
  }
}
