// Loads a TypeScript file of the package by itself.
import { join } from 'node:path'
import { build } from 'esbuild'
import { template } from '../../scripts/paths.mjs'

/** Compiles `path` of pkg-template/src and imports it. */
export async function importSource(path) {
  const entryPoints = [join(template, 'src', path)]
  const { outputFiles } = await build({ entryPoints, bundle: true, format: 'esm', write: false, target: 'es2022' })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}
