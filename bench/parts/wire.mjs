// What a browser has to load before it can count in o200k_base: bundled, minified, and only what was really loaded.
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root, target } from '../../scripts/paths.mjs'
import { inChild } from '../child.mjs'
import { table } from '../report.mjs'

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
const kilobytes = (bytes) => (bytes / 1e3).toFixed(1)

export async function wire({ peers }) {
  const figures = {}
  for (const [name, peer] of Object.entries(peers)) {
    if (!peer.variant && !peer.unshipped) figures[name] = await sizeOf(peer.first ?? peer.module)
  }
  table(
    'On the wire: all that a browser loads before its first count in o200k_base (KB; gzip -9, brotli -q 11)',
    ['', 'raw', 'gzip', 'brotli', 'files'],
    Object.entries(figures).map(([name, { raw, gzip, brotli, files }]) => [
      name,
      ...[raw, gzip, brotli].map(kilobytes),
      files.length,
    ]),
  )
  return figures
}

async function sizeOf(module) {
  const outdir = join(target, 'bench', basename(module, '.mjs'))
  await build({
    entryPoints: [join(root, 'bench', module)],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'error',
  })
  const loaded = await inChild('loaded', [join(outdir, basename(module))])
  if (loaded.failure) throw new Error(`${module}: ${loaded.failure}`)
  const files = await Promise.all(loaded.map((path) => readFile(path)))
  const sum = (of) => files.reduce((total, bytes) => total + of(bytes).length, 0)
  return {
    raw: sum((bytes) => bytes),
    gzip: sum((bytes) => gzipSync(bytes, { level: 9 })),
    brotli: sum(brotli),
    files: loaded.map((path) => basename(path)),
  }
}
