// What happens to a store in a browser. Each gives what the test compares.
import { createTrimtab } from '/pkg/index.js'
import { answer, fullDisk } from './faults.mjs'

const open = (namespace, { from = globalThis, store = 'indexeddb' } = {}) =>
  from.createTrimtab({ namespace, store, ids: false })

globalThis.createTrimtab = createTrimtab

async function anotherWindow() {
  const frame = document.createElement('iframe')
  frame.src = 'frame.html'
  document.body.append(frame)
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  return frame.contentWindow
}

/** What another window has written is heard of there: the instance's own channel was opened first, so it has heard too. */
function heard(window, namespace) {
  const channel = new window.BroadcastChannel(`trimtab:${namespace}`)
  return new Promise((resolve) => {
    channel.onmessage = () => {
      channel.close()
      resolve()
    }
  })
}

async function twoWindows() {
  const namespace = 'two'
  const windows = [await anotherWindow(), await anotherWindow()]
  const [one, other] = await Promise.all(windows.map((from) => open(namespace, { from })))
  const seen = []
  const change = async (instance, window, what) => {
    const told = heard(window, namespace)
    await what(instance.cache)
    await instance.flush()
    await told
  }
  await change(one, windows[1], (cache) => cache.set('key', 'first'))
  seen.push(await other.cache.get('key'))
  await change(one, windows[1], (cache) => cache.set('key', 'second'))
  seen.push(await other.cache.get('key'))
  await change(other, windows[0], (cache) => cache.set('key', 'third'))
  seen.push(await one.cache.get('key'))
  await change(one, windows[1], (cache) => cache.delete('key'))
  seen.push((await other.cache.get('key')) ?? 'gone')
  return seen
}

async function upgradedElsewhere() {
  const trimtab = await open('upgraded')
  const failures = []
  trimtab.on('storageerror', ({ error }) => failures.push(error.code))
  await trimtab.cache.set('key', 'value')
  await trimtab.flush()
  const window = await anotherWindow()
  // Blocked for ever, if this instance did not let go.
  const upgraded = await answer(window.indexedDB.open('trimtab', 99))
  const { version } = upgraded
  upgraded.close()
  await trimtab.cache.set('key', 'later')
  await trimtab.flush()
  return { version, failures, value: await trimtab.cache.get('key') }
}

async function blocked() {
  const first = await open('blocked')
  await first.flush()
  first.dispose()
  const window = await anotherWindow()
  const held = await answer(window.indexedDB.open('trimtab'))
  // Waits for the connection, which does not heed it; whoever opens now waits too.
  const removal = answer(window.indexedDB.deleteDatabase('trimtab'))
  const fallen = await open('blocked', { store: 'auto' })
  await fallen.cache.set('key', 'value')
  const kept = await fallen.cache.get('key')
  held.close()
  await removal
  const later = await open('blocked', { store: 'auto' })
  return { store: fallen.store, kept, later: later.store }
}

async function fullOnce() {
  const trimtab = await open('once')
  const failures = []
  trimtab.on('storageerror', ({ error }) => failures.push(error.code))
  for (let at = 0; at < 8; at++) await trimtab.cache.set(`key ${at}`, 'x'.repeat(100))
  for (let at = 0; at < 4; at++) await trimtab.cache.get(`key ${at}`)
  const empty = fullDisk(1)
  await trimtab.flush()
  empty()
  trimtab.dispose()
  const fresh = await open('once')
  const found = []
  for (let at = 0; at < 8; at++) if (await fresh.cache.has(`key ${at}`)) found.push(at)
  return { failures, read: found.filter((at) => at < 4), unread: found.filter((at) => at >= 4).length }
}

async function fullForLong() {
  const trimtab = await open('long')
  const failures = []
  trimtab.on('storageerror', ({ error }) => failures.push(error.code))
  for (let at = 0; at < 4; at++) await trimtab.cache.set(`key ${at}`, at)
  const empty = fullDisk(Number.POSITIVE_INFINITY)
  await trimtab.flush()
  const whileFull = trimtab.store
  empty()
  const held = []
  for (let at = 0; at < 4; at++) if ((await trimtab.cache.get(`key ${at}`)) === at) held.push(at)
  await trimtab.flush()
  const afterwards = trimtab.store
  trimtab.dispose()
  const fresh = await open('long')
  const stored = []
  for (const at of held) if ((await fresh.cache.get(`key ${at}`)) === at) stored.push(at)
  return { failures, whileFull, afterwards, held, stored }
}

const perBatch = 50
const textOf = (batch, at) => `${batch}/${at} `.repeat(40)

/** Writes batches until the browser is killed, and tells of each that was acknowledged. */
async function write(_, tell) {
  const trimtab = await open('killed')
  for (let batch = 0; ; batch++) {
    for (let at = 0; at < perBatch; at++) await trimtab.cache.set(`${batch}/${at}`, textOf(batch, at))
    await trimtab.flush()
    // Not waited for: the next batch is being written when the browser ends.
    void tell({ acknowledged: batch }).catch(() => {})
  }
}

/** What is lost of the batches up to `acknowledged`, and what is wrong of those and some more. */
async function read({ acknowledged }) {
  const failures = []
  const trimtab = await open('killed')
  trimtab.on('storageerror', ({ error }) => failures.push(error.code))
  const [lost, wrong] = [[], []]
  for (let batch = 0; batch <= Number(acknowledged) + 20; batch++) {
    for (let at = 0; at < perBatch; at++) {
      const value = await trimtab.cache.get(`${batch}/${at}`)
      if (value === undefined && batch <= acknowledged) lost.push(`${batch}/${at}`)
      if (value !== undefined && value !== textOf(batch, at)) wrong.push(`${batch}/${at}`)
    }
  }
  return { store: trimtab.store, failures, lost, wrong }
}

export const scenarios = { twoWindows, upgradedElsewhere, blocked, fullOnce, fullForLong, write, read }
