/** Resolves when what is on the page by now was painted. A hidden page paints nothing, and waits for nothing. */
export function painted() {
  if (document.hidden) return Promise.resolve()
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

/** Makes a function that has `task` run once what is on the page is painted: once for all that ask before that. */
export function afterPaint(task) {
  let waiting = false
  return async () => {
    if (waiting) return
    waiting = true
    await painted()
    waiting = false
    task()
  }
}
