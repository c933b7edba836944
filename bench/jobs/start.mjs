// From import to the first exact count; the process has done nothing else. Without an argument: the bare process.
import { file } from '../files.mjs'

const [module] = process.argv.slice(2)
let ms = 0
let busy = 0
if (module) {
  const start = performance.now()
  const before = process.cpuUsage()
  const { load } = await import(new URL(`../${module}`, import.meta.url))
  const { count } = await load(file)
  const tokens = await count('hello world')
  ms = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  busy = (user + system) / 1e3
  if (tokens !== 2) throw new Error(`hello world has 2 tokens, not ${tokens}`)
}
// Kilobytes, at its highest.
const peak = process.resourceUsage().maxRSS / 1e3
console.log(JSON.stringify({ ms, busy, rss: process.memoryUsage().rss / 1e6, peak }))
