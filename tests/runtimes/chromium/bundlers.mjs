// The bundlers, each with no configuration that concerns the package: from a project's index.html and main.mjs to a
// folder that any static host can serve.
import { cp } from 'node:fs/promises'
import { join } from 'node:path'

/** Bundles with esbuild; `splitting` is how it keeps a dynamic import out of the first file. */
export async function withEsbuild(cwd) {
  const { build } = await import('esbuild')
  const outdir = join(cwd, 'dist')
  await build({
    absWorkingDir: cwd,
    entryPoints: ['main.mjs'],
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    outdir,
    logLevel: 'silent',
  })
  await cp(join(cwd, 'index.html'), join(outdir, 'index.html'))
  return outdir
}

/** Bundles with webpack 5. */
export async function withWebpack(cwd) {
  const { default: webpack } = await import('webpack')
  const outdir = join(cwd, 'dist')
  const output = { path: outdir, filename: 'main.mjs' }
  const compiler = webpack({ context: cwd, mode: 'production', entry: './main.mjs', output, performance: false })
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, done) => (error ? reject(error) : resolve(done))),
  )
  await new Promise((resolve) => compiler.close(resolve))
  // A warning is a failure too: a user would see it in each build.
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ preset: 'errors-warnings' }))
  await cp(join(cwd, 'index.html'), join(outdir, 'index.html'))
  return outdir
}

/** Bundles with Vite. */
export async function withVite(cwd) {
  const { build } = await import('vite')
  await build({ root: cwd, configFile: false, logLevel: 'silent' })
  return join(cwd, 'dist')
}
