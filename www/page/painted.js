/** Resolves when what is on the page by now was painted. A hidden page paints nothing, and waits for nothing. */
export function painted() {
  if (document.hidden) return Promise.resolve()
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

const nextTask = () => globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve))

/**
 * Runs `steps` once what is on the page by now is painted, each in a task of its own, so that the page answers in between. What is
 * asked for later wins: of an earlier run no further step is taken. Resolves to whether all were.
 */
export function afterPaint() {
  let latest = 0
  return async (steps) => {
    const own = ++latest
    await painted()
    for (const step of steps) {
      if (own !== latest) return false
      step()
      await nextTask()
    }
    return own === latest
  }
}
