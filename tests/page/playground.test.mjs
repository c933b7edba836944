// The playground in Chromium: a prompt goes in, what the model reads comes out.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { afterRun, skip, stage, tokens } from './stage.mjs'

describe('the playground', { skip }, () => {
  let show
  let page
  before(async () => {
    show = await stage()
    page = await show.open()
  })
  after(() => show?.close())

  test('optimizes a sample at once, within its budget, and gives the source back', async () => {
    const { before, after } = await tokens(page)
    const budget = Number(await page.inputValue('#budget'))
    assert.ok(after > 0 && after <= budget, `${after} tokens for a budget of ${budget}`)
    assert.ok(before > after)
    assert.equal(await page.textContent('#kind'), '6 documents')
    assert.equal(await page.textContent('#out-restores'), 'yes')
    assert.match(await page.textContent('#announcement'), /comes back exactly/)
  })

  for (const sample of ['berths', 'charter', 'buoy', 'harbour']) {
    test(`the sample ${sample} comes back from its optimized text`, async () => {
      await afterRun(page, () => page.click(`[data-sample=${sample}]`))
      const { before, after } = await tokens(page)
      assert.ok(after < before, `${after} of ${before}`)
      assert.equal(await page.textContent('#out-restores'), 'yes')
    })
  }

  test('keeps to a budget that is typed, and to one that is dragged', async () => {
    for (const budget of [400, 150]) {
      await afterRun(page, () => page.fill('#budget', String(budget)))
      assert.ok((await tokens(page)).after <= budget)
    }
    await afterRun(page, () => page.fill('#share', '40'))
    const { before, after } = await tokens(page)
    assert.ok(after <= before * 0.42, `${after} of ${before} at 40%`)
  })

  test('what the query asks for stays', async () => {
    await afterRun(page, () => page.fill('#query', 'Who was the last keeper of the light?'))
    assert.match(await page.textContent('#result'), /Ingrid Tolland/)
  })

  test('shades in the source what was left out', async () => {
    const shaded = await page.$$eval('#source-marks mark', (marks) => marks.map((mark) => mark.textContent).join(''))
    assert.ok(shaded.length > 500)
    assert.doesNotMatch(shaded, /Ingrid Tolland/)
  })

  test('expands a marker in place, and closes it again', async () => {
    const chip = page.locator('#result .chip').first()
    await chip.click()
    await page.waitForSelector('.brought-back')
    assert.equal(await chip.getAttribute('aria-expanded'), 'true')
    const text = await page.textContent('.brought-back')
    assert.ok(text.trim().length > 20)
    await chip.click()
    assert.equal(await page.locator('.brought-back').count(), 0)
  })

  test('shades nothing where nothing was left out', async () => {
    await afterRun(page, () => page.click('[data-sample=berths]'))
    assert.equal(await page.locator('#source-marks mark').count(), 0)
    assert.equal(await page.textContent('#source-note'), 'Nothing was left out.')
    await afterRun(page, () => page.click('[data-sample=harbour]'))
    assert.ok((await page.locator('#source-marks mark').count()) > 0)
  })

  test('lists what was left out, and opens each', async () => {
    const first = page.locator('.omission button').first()
    await first.click()
    const text = await page.textContent('.omission-text')
    const documents = JSON.parse(await page.inputValue('#source'))
    const all = documents.map(({ title, text }) => `${title}\n${text}`).join('\n\n')
    assert.ok(all.includes(text.trim()), `not in the source: ${text}`)
  })

  test('recognizes text, documents and messages', async () => {
    const kinds = [
      ['Just words.', 'plain text'],
      ['[{"text":"one"},{"text":"two"}]', '2 documents'],
      ['{"messages":[{"role":"user","content":"hi"}]}', '1 message'],
      ['[1, 2]', 'plain text'],
      ['[broken', 'plain text'],
    ]
    for (const [text, kind] of kinds) {
      await afterRun(page, () => page.fill('#source', text))
      assert.equal(await page.textContent('#kind'), kind, text)
    }
  })

  test('reads a text file that is dropped', async () => {
    const transfer = await page.evaluateHandle(() => {
      const data = new DataTransfer()
      data.items.add(new File(['Dropped here, and read. '.repeat(20)], 'note.txt', { type: 'text/plain' }))
      return data
    })
    await afterRun(page, () => page.dispatchEvent('#drop', 'drop', { dataTransfer: transfer }))
    assert.match(await page.inputValue('#source'), /^Dropped here/)
  })

  test('says what to do with an empty field', async () => {
    await afterRun(page, () => page.click('#clear'))
    assert.match(await page.textContent('#result'), /Paste a prompt/)
    assert.equal(await page.textContent('#out-tokens'), '–')
    assert.ok(await page.isDisabled('#copy'))
  })

  test('nothing was said on the console, and the policy refused nothing', () => {
    assert.deepEqual(page.wrongs, [])
  })
})

test('the page works from a folder beside the package too', { skip }, async () => {
  const show = await stage({ at: '/www/' })
  try {
    const page = await show.open()
    assert.ok((await tokens(page)).after > 0)
    assert.deepEqual(page.wrongs, [])
  } finally {
    await show.close()
  }
})
