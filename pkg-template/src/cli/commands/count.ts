import { exit } from '../failure'
import { texts } from '../input'
import { whole } from '../options'
// Not shared with the other commands: each further module that Node has to find is 3 ms of a start.
import { countTokens } from '../package'
import { print, progress, table } from '../terminal'
import type { Command } from './list'

/** Counts with the counter alone, which is a sixth of the core. */
export const run: Command = async (names, { model = 'gpt-5', budget, json }) => {
  const limit = whole(budget, '--budget', undefined)
  const files: { name: string; tokens: number }[] = []
  const all = await texts(names)
  const show = progress(all.length)
  for (const { name, text } of all) {
    files.push({ name, tokens: await countTokens(text, model) })
    show(files.length)
  }
  const tokens = files.reduce((sum, file) => sum + file.tokens, 0)
  if (json) print(JSON.stringify({ version: 1, command: 'count', model, tokens, files }))
  else if (files.length === 1) print(String(tokens))
  else
    print(
      table(['file', 'tokens'], [...files.map((file) => [file.name, String(file.tokens)]), ['total', String(tokens)]]),
    )
  return limit !== undefined && tokens > limit ? exit.over : exit.ok
}
