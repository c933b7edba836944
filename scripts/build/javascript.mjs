// The JavaScript of the package: the facade bundled once for each entry, and data as modules beside it.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { run } from '../command.mjs'
import { generatedBy } from '../generated.mjs'
import { deflated, glue, pkg, root, template } from '../paths.mjs'

/** The entries of the package, by module format; package.json of pkg-template maps conditions to them. */
const entries = {
  esm: ['index', 'slim', 'url', 'workerd', 'edge-light', 'report', 'tokenizer', 'estimate'],
  cjs: ['index', 'slim', 'report', 'tokenizer', 'estimate'],
}

const formats = {
  esm: { extension: 'js', apart: ['estimate'], load: (path) => `() => import('${path}.js')`, data: (loaded) => loaded },
  // jest's CommonJS has no dynamic import, so a deferred `require` it is.
  cjs: {
    extension: 'cjs',
    apart: [],
    load: (path) => `async () => require('${path}.cjs')`,
    data: (loaded) => `async () => ({ default: await (${loaded})() })`,
  },
}

/** Writes every JavaScript file of the package. */
export async function buildJavaScript({ modules, packs }) {
  // Compressed before base64, which is what keeps the size on the wire: base64 of plain wasm compresses badly.
  for (const { name, bytes } of modules) await writeData(name, await deflate(bytes))
  await Promise.all(packs.map(writePack))
  const names = { modules: modules.map(({ name }) => name), packs: packs.map(({ name }) => name) }
  for (const format of Object.keys(entries)) await bundle(format, names)
  await bundleCommands(names)
}

/** The command line: for Node alone, and each command a file of its own, so that none waits for another's code. */
const bundleCommands = (names) =>
  build({
    entryPoints: { cli: join(template, 'src/cli/main.ts') },
    outdir: pkg,
    format: 'esm',
    splitting: true,
    chunkNames: 'cli-[hash]',
    bundle: true,
    minify: true,
    legalComments: 'none',
    target: 'node20',
    platform: 'node',
    plugins: [commandParts, supplied(formats.esm, names)],
    logLevel: 'warning',
  })

/** Resolves what the command line leaves to the build: the package beside it, and the static server. */
const commandParts = {
  name: 'command-parts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^#package$/ }, ({ path }) => ({ path, namespace: 'package' }))
    onLoad({ filter: /./, namespace: 'package' }, () => ({
      contents: `export const load = () => import('./cli-package.js')`,
    }))
    onResolve({ filter: /^#serve$/ }, () => ({ path: join(root, 'scripts/serve.mjs') }))
    onResolve({ filter: /^\.\/cli-package\.js$/, namespace: 'package' }, ({ path }) => ({ path, external: true }))
  },
}

/** Writes a pack as a module, and as a file for servers that compress, which is smaller on the wire. */
async function writePack({ name, bytes }) {
  await writeFile(join(pkg, `packs/${name}.bin`), bytes)
  await writeData(`packs/${name}`, await deflate(bytes))
}

/** Compresses as raw deflate, 4% better than zlib does and so slowly that what was compressed before is kept. */
async function deflate(bytes) {
  const name = createHash('sha256').update(bytes).digest('hex')
  const [from, to] = [join(deflated, `${name}.raw`), join(deflated, name)]
  const kept = await readFile(to).catch(() => undefined)
  if (kept) return kept
  await mkdir(deflated, { recursive: true })
  await writeFile(from, bytes)
  await run('cargo', ['run', '--quiet', '--release', '--example', 'deflate', '--', from, `${to}.part`])
  // Only what is whole gets the name.
  await rename(`${to}.part`, to)
  await rm(from)
  return readFile(to)
}

async function writeData(name, bytes) {
  const text = bytes.toString('base64')
  await writeFile(join(pkg, `${name}.js`), `${generatedBy}export default '${text}'\n`)
  await writeFile(join(pkg, `${name}.cjs`), `${generatedBy}module.exports = '${text}'\n`)
}

const bundle = (format, names) =>
  build({
    entryPoints: [
      ...entries[format].map((name) => ({ in: join(template, 'src/entries', `${name}.ts`), out: name })),
      // What the commands load shares the facade's one copy.
      ...(format === 'esm' ? [{ in: join(template, 'src/cli/package.ts'), out: 'cli-package' }] : []),
    ],
    outdir: pkg,
    outExtension: { '.js': `.${formats[format].extension}` },
    format,
    // One copy of the facade for all ESM entries: a class or a shared instance must not exist twice in one program.
    splitting: format === 'esm',
    chunkNames: 'shared-[hash]',
    bundle: true,
    minify: true,
    keepNames: false,
    legalComments: 'none',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    inject: [join(template, 'src/entries/text-codec.ts')],
    banner: { js: generatedBy.trimEnd() },
    plugins: [supplied(formats[format], names)],
    logLevel: 'warning',
    logOverride: { 'empty-import-meta': 'silent' },
  })

/** Resolves the names that the sources leave to the build: the glue, the inline modules and packs, the wasm files. */
const supplied = ({ extension, apart, load, data }, { modules, packs }) => ({
  name: 'supplied',
  setup({ onResolve, onLoad }) {
    const loaders = (folder, names) => names.map((name) => `'${name}': ${data(load(`./${folder}${name}`))}`).join(', ')
    const contents = {
      '#report': `export const load = ${load('./report')}`,
      '#modules': `export const modules = { ${loaders('', modules)} }`,
      '#packs': `export const packs = { ${loaders('packs/', packs)} }`,
      '#tokenizer': `export const load = ${load('./tokenizer')}`,
    }
    onResolve({ filter: /^#\w+-glue$/ }, ({ path }) => {
      const [name] = path.slice(1).split('-')
      return { path: join(glue, name, `${name}.js`), sideEffects: false }
    })
    // A file of its own, which bundlers leave out where nobody estimates; in CommonJS a class would then exist twice.
    onResolve({ filter: /^\.\/\w+\/index$/ }, ({ path, importer }) => {
      const [, name] = path.split('/')
      const isApart = apart.includes(name) && importer === join(template, 'src/index.ts')
      return isApart ? { path: `./${name}.${extension}`, external: true, sideEffects: false } : undefined
    })
    onResolve({ filter: /^#(modules|packs|report|tokenizer)$/ }, ({ path }) => ({ path, namespace: 'supplied' }))
    onLoad({ filter: /./, namespace: 'supplied' }, ({ path }) => ({ contents: contents[path] }))
    onResolve(
      { filter: /^node:|\.wasm(\?module)?$|^\.\/((core|counter)(-scalar)?|report|tokenizer|packs\/[\w.]+)\.c?js$/ },
      ({ path }) => ({
        path,
        external: true,
      }),
    )
  },
})
