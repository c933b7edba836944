import type { OptimizeOptions, Tier } from '../../types'
import { exit } from '../failure'
import { instance, texts } from '../input'
import { whole } from '../options'
import { note, paint, print } from '../terminal'
import type { Command } from './list'

export const run: Command = async (names, options) => {
  const { model, query, tier, budget, user, task, json } = options
  const limit = whole(budget, '--budget', undefined)
  const all = await texts(names)
  const trimtab = await instance(options, model ? { model } : {})
  const asked: OptimizeOptions = {
    ...(query !== undefined && { query }),
    ...(limit !== undefined && { budget: limit }),
    ...(tier !== undefined && { tier: tier as Tier }),
    ...(user !== undefined && { user }),
    ...(task !== undefined && { task }),
  }
  const [only] = all
  const content = all.length === 1 && only ? only.text : all.map(({ name, text }) => ({ title: name, text }))
  const { text, tokens, tier: kept, omitted, stats } = await trimtab.optimize(content, asked)
  await trimtab.flush()
  if (json) print(JSON.stringify({ version: 1, command: 'optimize', text, tier: kept, tokens, omitted, stats }))
  else {
    process.stdout.write(text)
    const share = tokens.before > 0 ? (100 * (tokens.before - tokens.after)) / tokens.before : 0
    note(paint('dim', `${tokens.before} → ${tokens.after} tokens, ${share.toFixed(1)}% less (${kept})`, process.stderr))
  }
  return stats.failure ? exit.failed : exit.ok
}
