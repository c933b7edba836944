// Makes pkg/, the npm package, from src/ and pkg-template/: `npm run build`.
import { pathToFileURL } from 'node:url'
import { librarySource } from './setup/rust.mjs'
import { setup } from './setup.mjs'
import { isBuilt, setStamp, sourceHash } from './stamp.mjs'

/** Builds the package; with `ifChanged`, only when the sources are not those that pkg/ was made from. */
export async function build({ ifChanged = false } = {}) {
  const hash = await sourceHash()
  if (ifChanged && (await isBuilt(hash))) return
  await setStamp('')
  // Imported here because the bundler is there only after setup.
  const { steps } = await import('./build/steps.mjs')
  const made = {}
  for (const { name, title, make } of steps) {
    const start = performance.now()
    process.stdout.write(`build: ${title} … `)
    made[name] = await make(made)
    console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
  await setStamp(hash)
}

/** Prints the sizes and throws when a budget is broken, where the core was built as small as it can be. */
async function reportSizes() {
  const { measureSizes, overBudget, sizeTable } = await import('./build/sizes.mjs')
  const sizes = await measureSizes()
  console.log(sizeTable(sizes))
  const broken = overBudget(sizes)
  if (broken.length === 0) return
  if (await librarySource.isHere()) throw new Error(broken.join('\n'))
  console.log(`build: above its budget without ${librarySource.name}`)
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setup()
  await build()
  await reportSizes()
}
