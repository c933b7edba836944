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
const alerts = new AlertsPanel()
const live = new Live(refresh)
const again = () => live.ask()
const source = new Source({
  namespace,
  listeners: {
    record: again,
    changed: again,
    alert: () => alerts.show(),
    storageerror: ({ error }) => showTrouble(error),
  },
})
const board = new Board(source, showTrouble)

byId('empty-namespace').textContent = namespace
for (const id of ['demo', 'demo-end', 'empty-demo']) byId(id).addEventListener('click', toggleDemo)
startTransfer({
  taken: (json) => look(() => source.openImported(json)),
  given: () => ({ metrics: source.metrics, query: board.query }),
  fail: showTrouble,
})
await look(() => fromFile(location.href) ?? source.openStored())
keepForOffline()

/** Opens a source and shows it; what goes wrong is said, and what was shown stays. */
async function look(open) {
  try {
    await open()
    clearTrouble()
    byId('demo-banner').hidden = source.kind !== 'demo'
    byId('demo').setAttribute('aria-pressed', String(source.kind === 'demo'))
    alerts.open({ alerts: source.alerts, flush: () => source.flush() })
    board.show()
  } catch (error) {
    board.failed()
    showTrouble(error)
  }
}

async function refresh() {
  await source.metrics.refresh()
  board.show()
  alerts.show()
}

function toggleDemo() {
  return look(() => (source.kind === 'demo' ? source.openStored() : source.openDemo(Date.now())))
}

/** Opens the file that the address names, as the command line's `serve` gives it: `?file=metrics.json`. */
function fromFile(address) {
  const file = new URL(address).searchParams.get('file')
  return file ? fetched(new URL(file, address)) : undefined
}

async function fetched(url) {
  const answer = await fetch(url).catch(() => undefined)
  const found = answer ? `answered ${answer.status}` : 'can’t be reached'
  if (!answer?.ok) throw Object.assign(new Error(`${url.pathname} ${found}`), { code: 'file_missing' })
  await source.openImported(await answer.text())
}
