// Keeps the pages and the package for times without a network. What the network has wins: a copy never hides an update.

const name = 'trimtab-pages'

self.addEventListener('install', (event) => {
  self.skipWaiting()
  event.waitUntil(racing(event))
})
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  // Files that are looked at are not ours to keep.
  const ours = request.method === 'GET' && new URL(request.url).origin === self.location.origin && !isData(request.url)
  if (ours) event.respondWith(answer(request, event))
})

const isData = (url) => /\.(json|csv|prom)$/.test(new URL(url).pathname)

/** Where the browser can, it asks the network itself meanwhile: to start a worker takes longer than most answers. */
async function racing(event) {
  const route = { condition: { requestMethod: 'GET' }, source: 'race-network-and-fetch-handler' }
  await event.addRoutes?.(route).catch(() => {})
}

async function answer(request, event) {
  try {
    const response = await fetch(request)
    if (response.ok) event.waitUntil(keep(request, response.clone()))
    return response
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: request.mode === 'navigate' })
    if (kept) return kept
    throw error
  }
}

async function keep(request, response) {
  const cache = await caches.open(name)
  const tag = response.headers.get('etag')
  const kept = tag && (await cache.match(request))
  // Read in any case: where the page reads the same answer, it gets no more of it than is read here.
  if (kept?.headers.get('etag') === tag) await response.arrayBuffer()
  else await cache.put(request, response)
}
