#!/usr/bin/env node
// The command line: `npx trimtab <command>`; docs/CLI.md describes it.
import { readFile } from 'node:fs/promises'
import { commands } from './commands/list'
import { exit, Failure } from './failure'
import { help } from './help'
import { parsed } from './options'
import { note, paint, print } from './terminal'

const mistakes = ['invalid_input', 'invalid_text', 'unknown_model', 'unknown_ref']

/** Runs one command line and resolves to the exit code. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parsed(args)
  const [name, ...rest] = positionals
  if (values.version) return say((await manifest()).version)
  if (values.help || name === 'help') return say(help)
  if (name === undefined) throw new Failure(`say what to do\n\n${help}`)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new Failure(`there is no command '${name}': there are ${Object.keys(commands).join(', ')}`)
  return (await command()).run(rest, values)
}

function say(text: string): number {
  print(text)
  return exit.ok
}

async function manifest(): Promise<{ version: string }> {
  return JSON.parse(await readFile(new URL('./package.json', import.meta.url), 'utf8'))
}

function exitCode(error: { code?: unknown }): number {
  if (error instanceof Failure) return error.code
  if (error.code === 'budget_too_small') return exit.over
  return mistakes.includes(String(error.code)) ? exit.usage : exit.failed
}

// A reader that has seen enough, as `head` has, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(exit.ok)
})

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    note(`${paint('red', 'trimtab:', process.stderr)} ${error.message}`)
    process.exitCode = exitCode(error)
  },
)
