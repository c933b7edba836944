// What is measured, in order: a part is a function that prints its tables and resolves to its figures.
import { alone } from './alone.mjs'
import { estimate } from './estimate.mjs'
import { exact } from './exact.mjs'
import { linear } from './linear.mjs'
import { small } from './small.mjs'
import { speed } from './speed.mjs'
import { start } from './start.mjs'
import { wire } from './wire.mjs'

export const parts = { wire, start, speed, alone, small, linear, exact, estimate }
