// All commands there are. Each is loaded when it is called, so that none pays for another.
import type { Options } from '../options'

/** Runs with the arguments after its name, and resolves to an exit code. */
export type Command = (args: string[], options: Options) => Promise<number>

export const commands: Record<string, () => Promise<{ run: Command }>> = {
  count: () => import('./count'),
  optimize: () => import('./optimize'),
  stats: () => import('./stats'),
  report: () => import('./report'),
  top: () => import('./top'),
  effectiveness: () => import('./effectiveness'),
  budget: () => import('./budget'),
  serve: () => import('./serve'),
}
