// Takes content apart into the parts that the core works on, and puts messages together again.

import { TrimtabError } from './errors'
import { loneSurrogate } from './text'
import type { Content, Document, Message, MessagePart } from './types'

/** What the core gets of one document, message or string. */
export interface Part {
  text: string
  title?: string
  role?: string
}

export type Shape = 'text' | 'documents' | 'messages'

export interface Parted {
  shape: Shape
  parts: Part[]
  /** Puts new texts in the place of the parts' own, for messages. */
  rebuild?: (texts: string[]) => Message[]
}

/** Takes `content` apart, or throws `invalid_input` saying what is wrong with it. */
export function partsOf(content: Content): Parted {
  if (typeof content === 'string') return { shape: 'text', parts: [part(content, 'content')] }
  if (!Array.isArray(content)) throw invalid(`content must be a string or an array, not ${describe(content)}`)
  const first: unknown = content[0]
  if (first !== undefined && isObject(first) && 'role' in first) return ofMessages(content as Message[])
  return { shape: 'documents', parts: (content as Document[]).map(ofDocument) }
}

function ofDocument(document: Document, index: number): Part {
  const name = `content[${index}]`
  if (!isObject(document)) throw invalid(`${name} must be an object, not ${describe(document)}`)
  const { title } = document
  if (title !== undefined && typeof title !== 'string') throw invalid(`${name}.title must be a string`)
  return { ...part(document.text, `${name}.text`), ...(title ? { title: wellFormed(title, `${name}.title`) } : {}) }
}

/** Where in a message a text stands: the whole content, or one part of it. */
interface Place {
  message: number
  part?: number
}

function ofMessages(messages: Message[]): Parted {
  const places: Place[] = []
  const parts: Part[] = []
  messages.forEach((message, index) => {
    if (!isObject(message) || typeof message.role !== 'string') throw invalid(`content[${index}].role must be a string`)
    for (const [place, text] of textsOf(message, index)) {
      places.push(place)
      parts.push({ ...part(text, `content[${index}].content`), role: message.role })
    }
  })
  return { shape: 'messages', parts, rebuild: (texts) => rebuilt(messages, places, texts) }
}

/** The texts of a message; one without content, such as a tool call, has none and passes through. */
function textsOf({ content }: Message, message: number): [Place, unknown][] {
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return [[{ message }, content]]
  if (!Array.isArray(content)) {
    throw invalid(`content[${message}].content must be a string, an array or null, not ${describe(content)}`)
  }
  return content.flatMap((item: MessagePart, part): [Place, unknown][] =>
    isObject(item) && typeof item.text === 'string' ? [[{ message, part }, item.text]] : [],
  )
}

function rebuilt(messages: Message[], places: Place[], texts: string[]): Message[] {
  const copies = messages.map((message) =>
    Array.isArray(message.content) ? { ...message, content: [...message.content] } : { ...message },
  )
  places.forEach((place, index) => {
    const copy = copies[place.message]
    const text = texts[index]
    if (!copy || text === undefined) return
    if (place.part === undefined) copy.content = text
    else if (Array.isArray(copy.content)) copy.content[place.part] = { ...copy.content[place.part], text }
  })
  return copies
}

function part(text: unknown, name: string): Part {
  if (typeof text !== 'string') throw invalid(`${name} must be a string, not ${describe(text)}`)
  return { text: wellFormed(text, name) }
}

/** Lone surrogates have no UTF-8, so what contains one could not be given back as it was. */
function wellFormed(text: string, name: string): string {
  const at = loneSurrogate(text)
  if (at < 0) return text
  const message = `${name} has a lone surrogate at ${at}; text.toWellFormed() replaces it`
  throw new TrimtabError('invalid_text', message)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const describe = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value

const invalid = (message: string): TrimtabError => new TrimtabError('invalid_input', message)
