// Loads peers into this process.
import { file } from '../files.mjs'

export async function loadAll(peers) {
  const loaded = {}
  for (const [name, { module }] of Object.entries(peers)) {
    loaded[name] = await (await import(new URL(`../${module}`, import.meta.url))).load(file)
  }
  return loaded
}
