// What is measured in a browser: the speeds, on the same texts and with the same clockwork as under Node.
import { speed } from './speed.mjs'

export const parts = { speed }
