import { fileURLToPath } from 'node:url'

// Where `next` itself is found; in a project of its own this needs no saying.
const root = fileURLToPath(new URL('../..', import.meta.url))

export default { turbopack: { root }, outputFileTracingRoot: root }
