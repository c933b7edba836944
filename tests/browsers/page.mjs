// Runs what the address asks for (`?do=…`), and tells the server what came of it.
import { scenarios } from './scenarios.mjs'

const asked = Object.fromEntries(new URLSearchParams(location.search))
const tell = (told) => fetch('/told', { method: 'POST', body: JSON.stringify(told) })

try {
  await tell({ done: await scenarios[asked.do](asked, tell) })
} catch (error) {
  await tell({ failed: String(error?.stack ?? error) })
}
