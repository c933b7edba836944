// Starts the dashboard: a source, the board, and what makes it look again.

import { byId } from '../page/dom.js'
import { keepForOffline } from '../page/offline.js'
import { startTheme } from '../page/theme.js'
import { AlertsPanel } from './alerts.js'
import { Board } from './board.js'
import { Live } from './live.js'
import { namespaceOf, Source } from './source.js'
import { startTransfer } from './transfer.js'
import { clearTrouble, showTrouble } from './trouble.js'

startTheme()
const namespace = namespaceOf(location.href)
const alerts = new AlertsPanel(() => watch())
const source = new Source({
  namespace,
  listeners: {
    alert: (alert) => alerts.add(alert),
    storageerror: ({ error }) => showTrouble(error),
  },
})
const board = new Board(source)
const live = new Live(namespace, () => source.kind === 'stored' && look(() => source.openStored()))

byId('empty-namespace').textContent = namespace
byId('demo').addEventListener('click', () => toggleDemo())
byId('demo-end').addEventListener('click', () => toggleDemo())
byId('empty-demo').addEventListener('click', () => toggleDemo())
startTransfer({
  taken: (json) => look(() => source.openImported(json), true),
  given: () => ({ metrics: source.metrics, query: board.query }),
  fail: showTrouble,
})
alerts.show()
await look(() => fromFile(location.href) ?? source.openStored())
live.ask()
keepForOffline()

/** Opens a source and shows it; what goes wrong is said, and what was shown stays. */
async function look(open, anew = false) {
  try {
    await open()
    if (anew) alerts.clear()
    clearTrouble()
    byId('demo-banner').hidden = source.kind !== 'demo'
    byId('demo').setAttribute('aria-pressed', String(source.kind === 'demo'))
    watch()
    board.show()
  } catch (error) {
    byId('board').dataset.state = 'failed'
    byId('board').setAttribute('aria-busy', 'false')
    showTrouble(error)
  }
}

function toggleDemo() {
  return look(() => (source.kind === 'demo' ? source.openStored() : source.openDemo(Date.now())), true)
}

function watch() {
  source.watch(alerts.rules)
}

/** The file that the address names, as the command line's `serve` gives it: `?file=metrics.json`. */
function fromFile(address) {
  const file = new URL(address).searchParams.get('file')
  if (!file) return
  return (async () => {
    const answer = await fetch(new URL(file, address))
    if (!answer.ok) throw Object.assign(new Error(`${file} answered ${answer.status}`), { code: 'file_missing' })
    await source.openImported(await answer.text())
  })()
}
