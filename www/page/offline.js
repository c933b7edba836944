const name = 'trimtab-pages'

/** Keeps this page and all it has loaded, so that it opens without a network too; `data-offline` says that it does. */
export async function keepForOffline() {
  if (!('serviceWorker' in navigator)) return
  try {
    // What was loaded before the worker was there did not pass through it; all else it has kept.
    const isLate = !navigator.serviceWorker.controller
    await navigator.serviceWorker.register('offline.js')
    if (isLate) await keepLoaded()
    await navigator.serviceWorker.ready
    document.documentElement.dataset.offline = 'yes'
  } catch {
    // Refused by the browser or in a private window; the page needs its server then.
  }
}

async function keepLoaded() {
  const loaded = performance.getEntriesByType('resource').map((entry) => entry.name)
  const ours = [location.href, ...loaded].filter((url) => new URL(url).origin === location.origin)
  const cache = await caches.open(name)
  await cache.addAll([...new Set(ours)])
}
