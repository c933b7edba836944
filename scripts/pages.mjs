// Where the pages and what they load lie on disk, as `serve` takes it.
import { join } from 'node:path'
import { pkg, root } from './paths.mjs'

/** The charts' library, as its package ships it for pages. */
export const vendor = join(root, 'node_modules/uplot/dist')

/** The pages under `at` as they are published, with the package beside them. */
export const publishedMounts = (at = '/') => [
  ['/pkg/', pkg],
  [at, join(pkg, 'www')],
]
