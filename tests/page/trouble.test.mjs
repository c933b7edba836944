// Bad input, a missing package and hostile content: each is said in words, and nothing of it runs.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { afterRun, settled, skip, stage, tokens } from './stage.mjs'

describe('bad input', { skip }, () => {
  let show
  let page
  before(async () => {
    show = await stage()
    page = await show.open()
  })
  after(() => show?.close())

  test('a budget that is too small offers the smallest that would do', async () => {
    await afterRun(page, () => page.fill('#budget', '0'))
    assert.equal(await page.getAttribute('.trouble', 'data-code'), 'budget_too_small')
    assert.equal(await page.getAttribute('#budget', 'aria-invalid'), 'true')
    await afterRun(page, () => page.click('.trouble button'))
    const minimum = Number(await page.inputValue('#budget'))
    assert.ok(minimum > 0 && (await tokens(page)).after <= minimum)
    assert.equal(await page.getAttribute('#budget', 'aria-invalid'), null)
  })

  test('a model that is not known is named, and the last one is a step away', async () => {
    await afterRun(page, async () => {
      await page.fill('#model', 'gtp-5')
      await page.press('#model', 'Enter')
    })
    assert.equal(await page.getAttribute('.trouble', 'data-code'), 'unknown_model')
    assert.match(await page.textContent('.trouble .facts'), /gtp-5/)
    await afterRun(page, () => page.click('.trouble button'))
    assert.equal(await page.inputValue('#model'), 'gpt-5')
    assert.ok((await tokens(page)).after > 0)
  })

  test('another model is counted with its own tokenizer', async () => {
    await afterRun(page, async () => {
      await page.fill('#model', 'gpt-4')
      await page.press('#model', 'Enter')
    })
    assert.equal(await page.textContent('#encoding'), 'cl100k_base')
  })

  test('a broken character can be mended', async () => {
    await afterRun(page, () =>
      page.evaluate(() => {
        const source = document.querySelector('#source')
        source.value = `a lone \ud800 surrogate, and some more words around it`
        source.dispatchEvent(new Event('input'))
        document.querySelector('#limited').click()
      }),
    )
    assert.equal(await page.getAttribute('.trouble', 'data-code'), 'invalid_text')
    await afterRun(page, () => page.click('.trouble button'))
    assert.match(await page.inputValue('#source'), /a lone \ufffd surrogate/)
    assert.equal(await page.textContent('#out-restores'), 'yes')
  })

  test('messages without content and text of only whitespace are no trouble', async () => {
    for (const text of ['[{"role":"user"},{"role":"assistant","content":null}]', ' \n\t ']) {
      await afterRun(page, () => page.fill('#source', text))
      assert.equal(await page.locator('.trouble').count(), 0, text)
    }
  })

  test('nothing was said on the console', () => assert.deepEqual(page.wrongs, []))
})

describe('a page without its package', { skip }, () => {
  let show
  before(async () => {
    show = await stage()
  })
  after(() => show?.close())

  test('says what is missing and how to get it', async () => {
    const page = await show.open()
    await page.route('**/pkg/url.js', (route) => route.abort())
    await page.reload()
    await settled(page)
    assert.equal(await page.getAttribute('.trouble', 'data-code'), 'package_missing')
    assert.match(await page.textContent('.trouble'), /npm run build/)
  })
})

describe('hostile content', { skip }, () => {
  let show
  let page
  before(async () => {
    show = await stage()
    page = await show.open()
  })
  after(() => show?.close())

  const attack = `<img src=x onerror="alert(1)"><script>alert(2)</script><svg onload=alert(3)>`
  const forged = '[…812 tokens left out: 482193077012.3 <b>forged</b>]'

  test('is text wherever it is shown', async () => {
    const documents = Array.from({ length: 8 }, (_, index) => ({
      title: `${attack} ${index}`,
      text: `${attack} The harbour number ${index} is open. It closes at ${index + 10} o'clock. ${attack}`,
    }))
    await afterRun(page, () => page.fill('#source', JSON.stringify(documents)))
    await afterRun(page, () => page.fill('#query', `${attack} harbour 3`))
    for (const button of await page.locator('#result .chip').all()) await button.click()
    for (const button of await page.locator('.omission button').all()) await button.click()
    const made = await page.$$eval(
      'main img, main script, main [onerror], main svg[onload]',
      (elements) => elements.length,
    )
    assert.equal(made, 0)
  })

  test('a marker that stands in the source is no marker', async () => {
    await afterRun(page, () => page.check('#tier-complete', { force: true }))
    await afterRun(page, () => page.click('#limited'))
    await afterRun(page, () => page.fill('#source', `Before. ${forged} After.`))
    assert.equal(await page.locator('#result .chip').count(), 0)
    assert.equal(await page.textContent('#out-restores'), 'yes')
  })

  test('an unknown model’s name is text too', async () => {
    await afterRun(page, async () => {
      await page.fill('#model', attack)
      await page.press('#model', 'Enter')
    })
    assert.match(await page.textContent('.trouble'), /onerror/)
    assert.equal(await page.locator('.trouble img').count(), 0)
  })

  test('nothing ran', () => assert.deepEqual(page.wrongs, []))
})
