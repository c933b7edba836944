// Another window of the same origin: realm, database connections and channels of its own.
import { createTrimtab } from '/pkg/index.js'

globalThis.createTrimtab = createTrimtab
