// One at a time: what is read and then written must not be read by another in between.

import type { Store } from './types'

/** The last in line for each store, where the runtime has no locks. */
const lines = new WeakMap<Store, Promise<void>>()

/**
 * Runs `work` while nobody else holds `name`: by the store's own means if it has them, by the locks of a browser, which all
 * tabs of one origin share, or else in this process alone.
 */
export async function alone(store: Store | undefined, name: string, work: () => Promise<void>): Promise<void> {
  if (typeof store?.exclusive === 'function') return void (await store.exclusive(name, work))
  const locks = globalThis.navigator?.locks
  if (typeof locks?.request === 'function') return locks.request(name, work)
  if (!store) return work()
  const before = lines.get(store) ?? Promise.resolve()
  const mine = before.then(work)
  lines.set(
    store,
    mine.catch(() => {}),
  )
  return mine
}
