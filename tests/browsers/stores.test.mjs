// Stores in real browsers: two windows, upgrades, a full disk, and a browser that is killed while it writes.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { browsers, pages, start } from './browser.mjs'

const acknowledgements = 30

for (const browser of browsers) {
  const skip = browser.program ? false : `there is no ${browser.name}`
  describe(`stores in ${browser.name}`, { skip, timeout: 240_000 }, () => {
    let profile
    beforeEach(async () => {
      profile = await mkdtemp(join(tmpdir(), 'trimtab-browser-'))
    })
    afterEach(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }))

    /** Runs a scenario and gives what it came to. */
    const outcome = (scenario, asked = {}) =>
      visit(scenario, asked, (told, settle) => {
        if (told.failed) settle(new Error(told.failed))
        if ('done' in told) settle(undefined, told.done)
      })

    async function visit(scenario, asked, hear) {
      let settle
      const settled = new Promise((resolve, reject) => {
        settle = (error, value) => (error ? reject(error) : resolve(value))
      })
      const server = await pages((told) => hear(told, settle))
      const kill = start(browser, profile, `${server.url}?${new URLSearchParams({ do: scenario, ...asked })}`)
      try {
        return await settled
      } finally {
        await kill()
        await server.close()
      }
    }

    test('two windows see what the other one wrote, changed and deleted', async () => {
      assert.deepEqual(await outcome('twoWindows'), ['first', 'second', 'third', 'gone'])
    })

    test('an upgrade in another window is not blocked, and memory goes on', async () => {
      const { version, failures, value } = await outcome('upgradedElsewhere')
      assert.equal(version, 99)
      assert.deepEqual(failures, ['storage_unavailable'])
      assert.equal(value, 'later')
    })

    test('where another window blocks the opening, the next store is taken, and later the first again', async () => {
      assert.deepEqual(await outcome('blocked'), { store: 'localstorage', kept: 'value', later: 'indexeddb' })
    })

    test('on a full disk what is worth least leaves, and the second try fits', async () => {
      assert.deepEqual(await outcome('fullOnce'), { failures: [], read: [0, 1, 2, 3], unread: 2 })
    })

    test('on a disk that stays full memory goes on, and a later flush brings the store back', async () => {
      const { failures, whileFull, afterwards, held, stored } = await outcome('fullForLong')
      assert.deepEqual(failures, ['storage_full'])
      assert.deepEqual([whileFull, afterwards], ['memory', 'indexeddb'])
      assert.ok(held.length >= 2, `${held.length} of 4 are left: never more than half leave`)
      assert.deepEqual(stored, held)
    })

    test('killed while it writes, all that was acknowledged is there, and nothing is wrong', async (context) => {
      // The origin, and so its store, is an address with its port: one server for both lives.
      let hear
      const server = await pages((told) => hear(told))
      context.after(() => server.close())
      const told = (url, wanted) =>
        new Promise((resolve, reject) => {
          const kill = start(browser, profile, url)
          hear = (what) => {
            const found = wanted(what)
            if (what.failed || found !== undefined) {
              kill().then(() => (what.failed ? reject(new Error(what.failed)) : resolve(found)), reject)
            }
          }
        })
      const acknowledged = await told(`${server.url}?do=write`, (what) =>
        what.acknowledged >= acknowledgements ? what.acknowledged : undefined,
      )
      const found = await told(`${server.url}?do=read&acknowledged=${acknowledged}`, (what) => what.done)
      assert.deepEqual(found, { store: 'indexeddb', failures: [], lost: [], wrong: [] })
    })
  })
}
