// Where the pages and what they load lie on disk, as `serve` takes it.
import { join } from 'node:path'
import { pkg, root, www } from './paths.mjs'

/** The charts' library, as its package ships it for pages. */
export const vendor = join(root, 'node_modules/uplot/dist')

/** The pages under `at` as they are published, with the package beside them. */
export const publishedMounts = (at = '/') => [
  ['/pkg/', pkg],
  [at, join(pkg, 'www')],
]

/** The pages under `at` as they are written, with the package and the library beside them. */
export const pageMounts = (at = '/') => [
  ['/pkg/', pkg],
  [`${at}vendor/`, vendor],
  [at, www],
]
