/**
 * Asks the package for the source of `result` and compares it with what went in. Documents and messages come back
 * joined, with titles and roles between them, so each text must be there, whole and in its order.
 */
export async function givesBack(trimtab, { shape, parts }, result) {
  try {
    const source = await trimtab.restore(result.text)
    return shape === 'text' ? source === parts[0] : holdsInOrder(source, parts)
  } catch {
    return false
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
