// The one place that says where the built package is: beside this folder, as `npm run build` leaves it.

import { painted } from './painted.js'

/** Whether this page and the package were kept here before. */
const isKept = Boolean(navigator.serviceWorker?.controller)

// It is half a megabyte: the first time, it does not compete with what is painted first.
const loading = (isKept ? Promise.resolve() : painted()).then(() => {
  document.head.append(document.querySelector('#then')?.content ?? '')
  return import('../../pkg/url.js')
})
// Whoever awaits it is told.
loading.catch(() => {})

export const load = () => loading
