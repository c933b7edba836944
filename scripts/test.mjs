// Runs every check, each to its end whatever the others did: `npm test`, or `npm test -- <part of a name>`.
import { setup } from './setup.mjs'

const filter = process.argv[2]?.toLowerCase() ?? ''
const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`
const summary = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`

async function result(check) {
  try {
    return await check.run()
  } catch (error) {
    return { passed: 0, failed: 1, skipped: 0, output: error.stack }
  }
}

function report(name, start, { output, reason, ...counts }) {
  const verdict = counts.failed > 0 ? 'FAIL' : counts.passed > 0 ? 'pass' : 'skip'
  console.log(`${verdict}  ${name}: ${reason ?? summary(counts)} (${seconds(start)})`)
  if (counts.failed > 0) console.log(output.replaceAll(/^/gm, '      '))
}

async function main() {
  await setup({ tests: true })
  // Imported here because what the checks use is there only after setup.
  const { checks } = await import('./checks/list.mjs')
  const all = { passed: 0, failed: 0, skipped: 0 }
  for (const check of checks.filter(({ name }) => name.toLowerCase().includes(filter))) {
    const start = performance.now()
    const counts = await result(check)
    report(check.name, start, counts)
    for (const kind of Object.keys(all)) all[kind] += counts[kind]
  }
  console.log(summary(all))
  process.exitCode = all.failed > 0 || all.passed === 0 ? 1 : 0
}

main().catch((error) => {
  console.log(error.stack)
  console.log(summary({ passed: 0, failed: 1, skipped: 0 }))
  process.exitCode = 1
})
