/** How the program ends; docs/CLI.md lists these. */
export const exit = { ok: 0, failed: 1, usage: 2, over: 3 } as const

/** What ends the program with a sentence and an exit code. */
export class Failure extends Error {
  readonly code: number

  constructor(message: string, code: number = exit.usage) {
    super(message)
    this.code = code
  }
}
