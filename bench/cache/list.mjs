// What is measured of the cache, in order.
import { agents } from './agents.mjs'
import { costs } from './costs.mjs'
import { hits } from './hits.mjs'
import { speed } from './speed.mjs'
import { start } from './start.mjs'

export const parts = { hits, costs, agents, speed, start }
