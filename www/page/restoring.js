/**
 * Asks the package for the source of `result` and compares it with what went in. Documents and messages come back
 * joined, with titles and roles between them, so each text must be there, whole and in its order.
 * Gives `{ exact, reason }`, the reason being why it is not.
 */
export async function givesBack(trimtab, { shape, parts }, result) {
  try {
    const source = await trimtab.restore(result.text)
    const exact = shape === 'text' ? source === parts[0] : holdsInOrder(source, parts)
    return { exact, reason: 'what came back is another text' }
  } catch (error) {
    return { exact: false, reason: error.message }
  }
}

function holdsInOrder(source, parts) {
  let cursor = 0
  return parts.every((part) => {
    const at = source.indexOf(part, cursor)
    cursor = at + part.length
    return at >= 0
  })
}
