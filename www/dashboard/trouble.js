import { byId, make } from '../page/dom.js'

/** What to do about it, by the stable code of an error. */
const ways = {
  package_missing: 'Build the package with npm run build, and serve it beside this page.',
  corrupt_record: 'Choose a file that trimtab.metrics.export("json") or the command line wrote.',
  invalid_input: 'Choose a file that trimtab.metrics.export("json") or the command line wrote.',
  file_missing: 'See that the address after “?file=” is right, and that its server runs.',
  file_too_large: 'Export a shorter window.',
  storage_unavailable: 'Allow this site to keep data, or import a file.',
}

/** Says what went wrong, with its code and what to do. */
export function showTrouble(error) {
  const code = error.code ?? 'internal'
  byId('trouble').hidden = false
  byId('trouble').replaceChildren(
    make('strong', { text: `${code}: ` }),
    `${error.message}. `,
    ways[code] ?? '',
    make('button', { class: 'quiet', type: 'button', text: 'Dismiss', on: { click: clearTrouble } }),
  )
}

export function clearTrouble() {
  byId('trouble').hidden = true
}
