// Every runtime that the package is tried in. A cell is `{ name, run, needs?, close? }`: `run` makes a project, runs the shared
// check in it and resolves to output with the line that the check returned; `needs` gives the reason to skip, if there is
// one; `close` ends what cells share.
import { bun } from './bun/cells.mjs'
import { chromium } from './chromium/cells.mjs'
import { deno } from './deno/cells.mjs'
import { firefox } from './firefox/cells.mjs'
import { jest } from './jest/cells.mjs'
import { next } from './next/cells.mjs'
import { node } from './node/cells.mjs'
import { vitest } from './vitest/cells.mjs'
import { workerd } from './workerd/cells.mjs'

export const runtimes = [...node, ...deno, ...bun, ...workerd, ...chromium, ...firefox, ...next, ...jest, ...vitest]
