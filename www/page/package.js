// The one place that says where the built package is: beside this folder, as `npm run build` leaves it.

import { painted } from './painted.js'

/** Whether this page and the package were kept here before. */
const isKept = Boolean(navigator.serviceWorker?.controller)

// It is half a megabyte: the first time, it does not compete with what is painted first.
const asked = (isKept ? Promise.resolve() : painted()).then(() => {
  document.head.append(document.querySelector('#then')?.content ?? '')
})
const loading = asked.then(() => import('../../pkg/url.js'))
// Whoever awaits it is told.
loading.catch(() => {})

export const load = () => loading

/** The core, compiled while the package's scripts still come. Undefined where that fails: the package sees to it itself then. */
export async function compiledCore() {
  await asked
  const url = new URL('../../pkg/core.wasm', import.meta.url)
  return WebAssembly.compileStreaming(fetch(url)).catch(() => undefined)
}
