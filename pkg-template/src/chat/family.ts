/** The row of the longest family that `model` is of: the family itself, or it and a variant or a date. */
export function familyOf<T>(model: string, rows: Record<string, T>): T | undefined {
  const name = (model.trim().toLowerCase().split('/').pop() ?? '').replace(/^openai[.:]/, '').replace(/^ft:/, '')
  const isOf = (family: string) => name.startsWith(family) && /^($|[-:@])/.test(name.slice(family.length))
  const families = Object.keys(rows).filter(isOf)
  const [longest] = families.sort((a, b) => b.length - a.length)
  return longest === undefined ? undefined : rows[longest]
}
