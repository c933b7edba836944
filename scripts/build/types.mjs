// Type declarations: emitted by tsc, then given once for ESM and once for CommonJS, because a declaration file has the
// module format of its extension, and a CommonJS program that reads ESM types is told that it can't `require`.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run } from '../command.mjs'
import { generatedBy } from '../generated.mjs'
import { pkg, root, target } from '../paths.mjs'

const emitted = join(target, 'types')
const packType = 'declare const base64: string\n'

/** Type-checks the sources and writes the declarations of the package. */
export async function buildTypes({ modules, packs }) {
  await rm(emitted, { recursive: true, force: true })
  const emit = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--outDir', emitted]
  await run('tsc', ['-p', join(root, 'tsconfig.json'), ...emit])
  for (const name of await publicDeclarations()) {
    const text = await readFile(join(emitted, name), 'utf8')
    await writeBoth(`types/${name.slice(0, -'.d.ts'.length)}`, text, text)
  }
  for (const entry of ['index', 'slim', 'url']) {
    const text = `export * from './types/index'\n`
    await writeBoth(entry, text, text)
  }
  for (const apart of ['report', 'tokenizer', 'estimate']) {
    const text = `export * from './types/${apart}/index'\n`
    await writeBoth(apart, text, text)
  }
  for (const { name } of packs) {
    await writeBoth(`packs/${name}`, `${packType}export default base64\n`, `${packType}export = base64\n`)
  }
  for (const { name } of modules)
    await write(`${name}.wasm.d.ts`, 'declare const module: WebAssembly.Module\nexport default module\n')
}

/** The entries only re-export, so their declarations are written here and not taken from tsc. */
async function publicDeclarations() {
  const names = await readdir(emitted, { recursive: true })
  return names.filter((name) => name.endsWith('.d.ts') && !name.startsWith('entries'))
}

async function writeBoth(name, esm, cjs) {
  await write(`${name}.d.ts`, withExtension(esm, 'js'))
  await write(`${name}.d.cts`, withExtension(cjs, 'cjs'))
}

async function write(name, text) {
  if (/['"]#/.test(text))
    throw new Error(`${name} mentions a module that only the build has; mark what does as @internal:\n${text}`)
  await mkdir(dirname(join(pkg, name)), { recursive: true })
  await writeFile(join(pkg, name), generatedBy + text)
}

/** Gives every relative import the extension that its module format asks for. */
const withExtension = (text, extension) =>
  text.replace(/((?:from|import)\s*\(?\s*)(['"])(\.{1,2}\/[^'"]+?)(?:\.[cm]?[jt]s)?\2/g, `$1$2$3.${extension}$2`)
