// Files in and out: an export of another place is looked at, and what is shown can be taken along.

import { byId, make } from '../page/dom.js'

const mostBytes = 200 * 2 ** 20

const formats = {
  json: { file: 'trimtab-metrics.json', type: 'application/json', write: (metrics) => metrics.export('json') },
  csv: { file: 'trimtab-metrics.csv', type: 'text/csv', write: (metrics) => metrics.export('csv') },
  otlp: { file: 'trimtab-metrics.otlp.json', type: 'application/json', write: (metrics) => metrics.export('otlp') },
  prometheus: { file: 'trimtab-metrics.prom', type: 'text/plain', write: (metrics) => metrics.export('prometheus') },
  html: {
    file: 'trimtab-report.html',
    type: 'text/html',
    write: (metrics, query) => metrics.report({ ...query, format: 'html' }),
  },
  markdown: {
    file: 'trimtab-report.md',
    type: 'text/markdown',
    write: (metrics, query) => metrics.report({ ...query, format: 'markdown' }),
  },
}

/** Wires the two controls: `taken` gets the text of a chosen file, `given` answers `{ metrics, query }`. */
export function startTransfer({ taken, given, fail }) {
  const picker = byId('import')
  picker.addEventListener('change', () => {
    const [file] = picker.files
    picker.value = ''
    if (file) read(file).then(taken).catch(fail)
  })
  const choice = byId('export')
  choice.addEventListener('change', () => {
    const format = choice.value
    choice.value = ''
    save(formats[format], given()).catch(fail)
  })
}

async function read(file) {
  if (file.size <= mostBytes) return file.text()
  const message = `${file.name} has ${(file.size / 2 ** 20).toFixed(0)} MB, and ${mostBytes / 2 ** 20} is the most that is read here`
  throw Object.assign(new Error(message), { code: 'file_too_large' })
}

async function save({ file, type, write }, { metrics, query }) {
  const url = URL.createObjectURL(new Blob([await write(metrics, query)], { type }))
  make('a', { href: url, download: file }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
