// What browsers do to a database, done on purpose.

/** Puts another property in the place of one, and returns what takes it away again. */
function cover(owner, key, descriptor) {
  const before = Object.getOwnPropertyDescriptor(owner, key)
  Object.defineProperty(owner, key, { configurable: true, ...descriptor })
  return () => Object.defineProperty(owner, key, before)
}

/** Has the next `times` transactions that put something fail as a quota does: every put succeeds, then all is undone. */
export function fullDisk(times) {
  const { put } = IDBObjectStore.prototype
  const full = new WeakSet()
  const isFull = (transaction) => {
    if (!full.has(transaction) && times-- > 0) full.add(transaction)
    return full.has(transaction)
  }
  const taken = [
    cover(IDBObjectStore.prototype, 'put', {
      value(...args) {
        const request = put.apply(this, args)
        if (isFull(this.transaction)) {
          request.addEventListener('success', () => {
            try {
              this.transaction.abort()
            } catch {
              // An earlier put has done it.
            }
          })
        }
        return request
      },
    }),
  ]
  const { get } = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'error')
  taken.push(
    cover(IDBTransaction.prototype, 'error', {
      get() {
        return full.has(this) ? new DOMException('full', 'QuotaExceededError') : get.call(this)
      },
    }),
  )
  return () => {
    for (const take of taken) take()
  }
}

export const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
