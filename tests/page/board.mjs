/** Waits until the dashboard shows all of something: figures, or that there are none. */
export const ready = (page) =>
  page.waitForFunction(() => {
    const board = document.querySelector('#board')
    return ['ready', 'empty', 'failed'].includes(board?.dataset.state) && board.getAttribute('aria-busy') === 'false'
  })

/** Turns the demo on and waits for it. */
export async function showsDemo(page) {
  await page.click('#demo')
  await page.waitForFunction(
    () =>
      document.querySelector('#board[data-state=ready][aria-busy=false]') &&
      !document.querySelector('#demo-banner').hidden,
  )
}
