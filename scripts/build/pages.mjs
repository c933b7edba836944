// The pages inside the package, for `npx trimtab serve`: as they are in www/, with the charts' library beside them.
import { copyFile, cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { vendor } from '../pages.mjs'
import { pkg, www } from '../paths.mjs'

const library = ['uPlot.iife.min.js', 'uPlot.min.css']

export async function buildPages() {
  const pages = join(pkg, 'www')
  await cp(www, pages, { recursive: true })
  await mkdir(join(pages, 'vendor'), { recursive: true })
  await Promise.all(library.map((name) => copyFile(join(vendor, name), join(pages, 'vendor', name))))
}
