import { piecesOf } from './markers.js'

const noRoom = 'the budget has no room for a reference, so only the list below opens what was left out'

/**
 * Asks the package for the source of `result` and compares it with what went in. Documents and messages come back
 * joined, with titles and roles between them, so each text must be there, whole and in its order.
 * Gives `{ exact, reason }`, the reason being why it is not.
 */
export async function givesBack(trimtab, { shape, parts }, result) {
  try {
    const source = await trimtab.restore(result.text)
    const exact = shape === 'text' ? source === parts[0] : holdsInOrder(source, parts)
    return { exact, reason: namesNone(result) ? noRoom : 'what came back is another text' }
  } catch (error) {
    return { exact: false, reason: error.message }
  }
}

/** Whether something was left out and no marker says how to get it. */
const namesNone = ({ text, omitted }) => omitted.length > 0 && !piecesOf(text, omitted).some(({ ref }) => ref)

function holdsInOrder(source, parts) {
  let cursor = 0
  return parts.every((part) => {
    const at = source.indexOf(part, cursor)
    cursor = at + part.length
    return at >= 0
  })
}
