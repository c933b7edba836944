// What was pasted: documents and messages as JSON, or else plain text.

/**
 * Reads the source as the package takes it: `{ shape, content, parts, encode }`. `parts` are the texts that it is made
 * of, and `encode` writes one of them as it stands in the source.
 */
export function readInput(source) {
  const list = listIn(source)
  if (list?.every((item) => isObject(item) && typeof item.role === 'string')) return ofList('messages', list, textsOf)
  if (list?.every((item) => isObject(item) && typeof item.text === 'string'))
    return ofList('documents', list, ({ text }) => [text])
  return { shape: 'text', content: source, parts: [source], encode: (text) => text }
}

/** Says what was recognized. */
export function describe({ shape, content }) {
  if (shape === 'text') return content === '' ? 'empty' : 'plain text'
  return `${content.length} ${shape === 'messages' ? 'message' : 'document'}${content.length === 1 ? '' : 's'}`
}

function ofList(shape, content, texts) {
  return { shape, content, parts: content.flatMap(texts), encode: (text) => JSON.stringify(text).slice(1, -1) }
}

/** The array that the source is, or that it holds as a request body does. */
function listIn(source) {
  if (!/^\s*[[{]/.test(source)) return
  try {
    const value = JSON.parse(source)
    const list = Array.isArray(value) ? value : (value.messages ?? value.documents)
    return Array.isArray(list) && list.length > 0 ? list : undefined
  } catch {
    // Not JSON after all, and any text may begin with a bracket.
  }
}

function textsOf({ content }) {
  if (typeof content === 'string') return [content]
  return Array.isArray(content) ? content.flatMap((part) => (typeof part?.text === 'string' ? [part.text] : [])) : []
}

const isObject = (value) => typeof value === 'object' && value !== null
