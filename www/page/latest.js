/**
 * Makes a function that runs `task` once things have been quiet for `delay(…)` ms. What is asked later wins: an older
 * run is aborted through its signal, and must not show anything afterwards.
 */
export function latest(task, delay) {
  let timer
  let running
  const start = () => {
    running?.abort()
    const own = new AbortController()
    running = own
    return task(own.signal)
  }
  return {
    ask() {
      clearTimeout(timer)
      running?.abort()
      timer = setTimeout(start, delay())
    },
    now() {
      clearTimeout(timer)
      return start()
    },
  }
}
