/** Waits until the dashboard shows something: figures, or that there are none. */
export const ready = (page) =>
  page.waitForFunction(() => ['ready', 'empty', 'failed'].includes(document.querySelector('#board')?.dataset.state))

/** Turns the demo on and waits for it. */
export async function showsDemo(page) {
  await page.click('#demo')
  await page.waitForFunction(
    () => document.querySelector('#board').dataset.state === 'ready' && !document.querySelector('#demo-banner').hidden,
  )
}
