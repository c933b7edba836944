// Sets up what is missing, and says what and why: `node scripts/setup.mjs`, with `--tests` for what tests need too.
import { pathToFileURL } from 'node:url'
import { buildTools, testTools } from './setup/tools.mjs'

/** Makes every tool available, or throws with the reasons; a browser that can't be had is only reported. */
export async function setup({ tests = false } = {}) {
  const wanted = tests ? [...buildTools, ...testTools] : buildTools
  const here = await Promise.all(wanted.map((tool) => tool.isHere()))
  // One after the other: cargo and apt each take the whole machine, and progress stays readable.
  for (const tool of wanted.filter((_, index) => !here[index])) await provide(tool)
}

async function provide(tool) {
  console.log(`setup: ${tool.name} is missing: ${tool.why}`)
  const reasons = []
  for (const way of tool.ways) {
    const start = performance.now()
    console.log(`setup:   ${way.title} …`)
    const passed = () => `${((performance.now() - start) / 1000).toFixed(0)} s`
    const ticker = setInterval(() => console.log(`setup:   … ${passed()}`), 20_000)
    try {
      await way.install()
      if (!(await tool.isHere())) throw new Error('it ended well, but the tool is still not found')
      console.log(`setup:   done in ${passed()}`)
      return
    } catch (error) {
      reasons.push(`${way.title}: ${error.cause?.message ?? error.message}`)
      console.log(`setup:   failed: ${error.cause?.message ?? error.message}`)
    } finally {
      clearInterval(ticker)
    }
  }
  if (!tool.optional) throw new Error(`${tool.name} can't be had:\n${reasons.join('\n')}`)
  console.log(`setup: going on without ${tool.name}; what needs it is skipped`)
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setup({ tests: process.argv.includes('--tests') })
  console.log('setup: everything is here')
}
