// What an engine has to do as a store, through the public API alone: it runs in any runtime.

const equal = (found, expected, what) => {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)]
  if (one !== other) throw new Error(`${what}: ${one}, and not ${other}`)
}

const documents = [
  { title: 'Harbour', text: 'The harbour was built in 1911. It has two piers. Fishing boats leave at dawn.' },
  { title: 'Lighthouse', text: 'The lighthouse stands on a cliff. Its lamp was lit by Marta Lindqvist in 1874.' },
  { title: 'Bakery', text: 'The bakery opens at six. Its rye bread is known along the coast. It closes on Mondays.' },
]

/** Runs the suite over a store that holds nothing of this namespace; throws at the first promise that is broken. */
export async function keepsItsPromises(createTrimtab, store, namespace = 'suite') {
  const failures = []
  const open = async () => {
    const instance = await createTrimtab({ store, namespace, ids: false })
    instance.on('storageerror', ({ error }) => failures.push(error.message))
    return instance
  }
  const first = await open()
  const result = await first.optimize(documents, { query: 'Who lit the lamp of the lighthouse?', budget: 45 })
  const source = await first.restore(result.text)
  const values = {
    text: 'a?b/c::d %20',
    bytes: [...Array(256).keys()],
    list: Array.from({ length: 60 }, (_, at) => at),
  }
  await first.cache.set('odd key: a/b?c#d::e.f$', values.text)
  await first.cache.set('bytes', Uint8Array.from(values.bytes))
  await first.cache.set('gone', 1)
  for (const at of values.list) await first.cache.set(`number ${at}`, at)
  await first.flush()
  await first.cache.delete('gone')
  equal(await first.cache.get('gone'), undefined, 'deleted and not yet written')
  await first.flush()
  first.dispose()

  const second = await open()
  equal(second.store, 'external', 'the kind of store')
  equal(await second.restore(result.text), source, 'what was left out')
  equal(await second.cache.get('odd key: a/b?c#d::e.f$'), values.text, 'an odd key')
  equal([...(await second.cache.get('bytes'))], values.bytes, 'every byte')
  equal(await second.cache.get('gone'), undefined, 'what was deleted')
  equal(await Promise.all(values.list.map((at) => second.cache.get(`number ${at}`))), values.list, 'many at once')
  second.dispose()
  equal(failures, [], 'failures')
}
