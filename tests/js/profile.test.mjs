// What is learned from a user: exported, kept, and not kept where that is not wanted.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapStore } from '../map-store.mjs'
import { createTrimtab, report } from './package.mjs'

const HOUR = 3600e3

/** A user who finds the standard tier too little, a dozen times. */
async function teach(trimtab, user = 'ada') {
  for (let i = 0; i < 12; i++) {
    const result = await trimtab.optimize(`${report}\n\nRound ${i}.`, {
      query: 'the ferry line',
      tier: 'standard',
      user,
    })
    trimtab.feedback(result.id, { useful: false })
  }
}

const tierOf = async (trimtab, user = 'ada') => (await trimtab.optimize(report, { query: 'the ferry line', user })).tier

test('what was learned can be exported, taken over and forgotten', async () => {
  const [one, other] = [await createTrimtab({ store: 'memory' }), await createTrimtab({ store: 'memory' })]
  const usual = await tierOf(one, 'bob')
  await teach(one)
  const learned = await tierOf(one)
  assert.notEqual(learned, usual)
  assert.equal(await tierOf(other), usual)
  other.profile.import(one.profile.export())
  assert.equal(await tierOf(other), learned)
  other.profile.reset()
  assert.equal(await tierOf(other), usual)
  assert.throws(() => other.profile.import(Uint8Array.of(9, 9, 9)), { code: 'corrupt_record' })
})

test('it is kept in the store, and reset there too', async () => {
  const store = mapStore()
  const first = await createTrimtab({ store })
  const usual = await tierOf(first, 'bob')
  await teach(first)
  const learned = await tierOf(first)
  await first.flush()
  const second = await createTrimtab({ store })
  assert.equal(await tierOf(second), learned)
  second.profile.reset()
  await second.flush()
  assert.equal(await tierOf(await createTrimtab({ store })), usual)
})

test('with learn: false nothing is learned and nothing of it is stored', async () => {
  const store = mapStore()
  const trimtab = await createTrimtab({ store, privacy: { learn: false } })
  const [usual, empty] = [await tierOf(trimtab, 'bob'), trimtab.profile.export()]
  await teach(trimtab)
  assert.equal(await tierOf(trimtab), usual)
  assert.deepEqual(trimtab.profile.export(), empty)
  await trimtab.flush()
  assert.ok(![...store.map.keys()].some((key) => key.includes('profile')))
})

test('with keepText: false no text reaches the store, and learning goes on', async () => {
  const store = mapStore()
  const trimtab = await createTrimtab({ store, privacy: { keepText: false } })
  await teach(trimtab, 'zebediah-quill')
  await trimtab.flush()
  assert.ok(store.map.size > 0)
  const bytes = [...store.map].map(([key, value]) => `${key} ${Buffer.from(value).toString('latin1')}`).join('\n')
  for (const text of ['ferry', 'harbour', 'Section', 'crowns', 'quill']) {
    const where = [...store.map].filter(([key, value]) =>
      `${key} ${Buffer.from(value).toString('latin1')}`.includes(text),
    )
    assert.ok(!bytes.includes(text), `${text} in ${where.map(([key]) => key)}`)
  }
})

test('a question that is asked again soon was not answered', async () => {
  let now = 1e12
  const trimtab = await createTrimtab({ store: 'memory', now: () => now })
  const before = await tierOf(trimtab, 'eve')
  for (let i = 0; i < 12; i++) {
    now += 60e3
    await trimtab.optimize(`${report}\n\nRound ${i}.`, { query: 'the fish market', tier: 'standard', user: 'ada' })
    now += HOUR * (i % 2)
    await trimtab.optimize(`${report}\n\nRound ${i}.`, { query: 'the boat shed', tier: 'standard', user: 'eve' })
  }
  const tiers = ['essential', 'standard', 'comprehensive', 'complete']
  assert.ok(tiers.indexOf(await tierOf(trimtab, 'ada')) >= tiers.indexOf('comprehensive'))
  assert.equal(await tierOf(trimtab, 'bob'), before)
})

test('what a user asks about often goes first among what matters alike, and moves nothing else', async () => {
  const remarks = (from) =>
    Array.from({ length: 15 }, (_, i) => `Remark ${from + i} is about rain over field ${i * 7}.`)
  const lines = ['The pump stands by the gate.', 'The crane stands by the gate.', 'The valve stands by the gate.']
  const text = [...remarks(0), ...lines, ...remarks(20)].join(' ')
  const trimtab = await createTrimtab({ store: 'memory' })
  const ask = async (user) =>
    (await trimtab.optimize(text, { query: 'what stands by the gate', budget: 22, user })).text
  const plain = await ask('bob')
  assert.ok(!plain.includes('The valve'), plain)
  for (let i = 0; i < 4; i++) await trimtab.optimize(`${report} ${i}`, { query: 'the valve', budget: 100, user: 'ada' })
  const own = await ask('ada')
  assert.ok(own.includes('The valve'), own)
  assert.equal(await ask('bob'), plain)
  assert.equal(await ask('ada'), own)
})
