// Where texts and metrics come from: files, standard input, a folder that an instance keeps its state in.
import { readFile } from 'node:fs/promises'
import { load } from '#package'
import type { Trimtab } from '../trimtab'
import type { TrimtabOptions } from '../types'
import { Failure } from './failure'
import { folderStore } from './folder-store'
import type { Options } from './options'

export interface Text {
  name: string
  text: string
}

/** The texts of the files named, `-` and none at all being standard input. */
export async function texts(names: string[]): Promise<Text[]> {
  if (names.length === 0 && process.stdin.isTTY) throw new Failure('name a file, or send a text to standard input')
  const from = names.length === 0 ? ['-'] : names
  return Promise.all(
    from.map(async (name) => ({ name, text: name === '-' ? await standardInput() : await file(name) })),
  )
}

let input: Promise<string> | undefined

function standardInput(): Promise<string> {
  input ??= (async () => {
    const chunks: Buffer[] = []
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString('utf8')
  })()
  return input
}

async function file(name: string): Promise<string> {
  try {
    return await readFile(name, 'utf8')
  } catch (error) {
    throw new Failure(`${name} can't be read: ${(error as Error).message}`)
  }
}

/** An instance of the package; its state is in `--store`, or in memory alone. */
export async function instance({ store, namespace }: Options, more: TrimtabOptions = {}): Promise<Trimtab> {
  const { createTrimtab } = await load()
  const kept = store === undefined ? 'memory' : folderStore(store)
  const trimtab = await createTrimtab({ ids: false, store: kept, ...(namespace && { namespace }), ...more })
  trimtab.on('storageerror', ({ error }) => process.stderr.write(`trimtab: ${error.message}\n`))
  return trimtab
}

/** An instance with the metrics that the options name: exports or JSON lines in `--file` or standard input, `--store`. */
export async function withMetrics(options: Options): Promise<Trimtab> {
  const { file: files = [], store } = options
  if (files.length === 0 && store === undefined && process.stdin.isTTY) {
    throw new Failure(
      'where are the metrics? Name an export with --file, a folder with --store, or send one to standard input',
    )
  }
  const given = files.length > 0 || store === undefined ? await texts(files) : []
  const trimtab = await instance({ ...options, store: given.length > 0 ? undefined : store } as Options)
  for (const { name, text } of given) {
    if (text.trim() === '') throw new Failure(`${name === '-' ? 'standard input' : name} holds no metrics`)
    const { refused } = trimtab.metrics.import(text)
    if (refused > 0) process.stderr.write(`trimtab: ${refused} records of ${name} are none and were left out\n`)
  }
  return trimtab
}
