// A store in a folder: one file a record, put in place as a whole.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Store } from '../types'

/** Keeps bytes in the files of `folder`, which is made when it is first written to. */
export function folderStore(folder: string): Store {
  const path = (key: string) => join(folder, encodeURIComponent(key))
  let written = 0
  return {
    get: (key) => readFile(path(key)).catch(absent(null)),
    async set(key, bytes) {
      await mkdir(folder, { recursive: true })
      // Renamed when it is whole, so that a reader never sees a half, nor two writers each other's.
      const part = join(folder, `.${process.pid}.${written++}.part`)
      await writeFile(part, bytes)
      await rename(part, path(key))
    },
    delete: (key) => rm(path(key), { force: true }),
    async keys(prefix) {
      const names = await readdir(folder).catch(absent([]))
      return names
        .filter((name) => !name.startsWith('.'))
        .map(decodeURIComponent)
        .filter((key) => key.startsWith(prefix))
    },
  }
}

const absent =
  <T>(otherwise: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return otherwise
    throw error
  }
