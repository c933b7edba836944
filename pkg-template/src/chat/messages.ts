// What a chat request costs: its messages, the tools it declares, its images, and the start of the reply.

import { TrimtabError } from '../errors'
import type { ChatRequest, Message, MessageCount, MessageOptions, MessagePart } from '../types'
import { type Framing, framingOf, reply } from './framing'
import { imageRuleOf, type Size } from './images'
import { sizeOf } from './pixels'
import { declarations, type FunctionDefinition, unproven } from './tools'

/** What counting one request needs. */
interface Task {
  count: (text: string) => number
  model: string | undefined
  framing: Framing
  /** Why the count is not exact; each reason once. */
  reasons: Set<string>
  /** The names of the functions that were called, by the ids of the calls. */
  names: Map<unknown, string>
  imageSize: MessageOptions['imageSize']
}

/** Counts `request`, whose texts `count` counts, as a request to `model`; without one, as to most of OpenAI's. */
export function countRequest(
  request: ChatRequest | readonly Message[],
  model: string | undefined,
  count: (text: string) => number,
  options: MessageOptions = {},
): MessageCount {
  const { messages, ...rest } = checked(request)
  const framing = framingOf(model ?? '')
  const task: Task = { count, model, framing, reasons: new Set(), names: new Map(), imageSize: options.imageSize }
  if (model && !framing.published) {
    task.reasons.add(`OpenAI has not published what a message costs ${model}; it is taken to be what it costs gpt-4o`)
  }
  const functions = functionsOf(rest, task)
  const counts = messages.map((message, index) => messageTokens(message, index, task))
  const tools = functions.length > 0 ? toolTokens(functions, messages, task) + choiceTokens(rest, task) : 0
  if (rest.response_format?.type === 'json_schema')
    task.reasons.add('how a response_format is rendered is not published')
  const tokens = counts.reduce((sum, each) => sum + each, tools + reply)
  return { tokens, exact: task.reasons.size === 0, reasons: [...task.reasons], messages: counts, tools }
}

function checked(request: ChatRequest | readonly Message[]): ChatRequest {
  const whole = Array.isArray(request) ? { messages: request } : (request as ChatRequest)
  if (!isObject(whole) || !Array.isArray(whole.messages)) throw invalid('messages must be an array')
  whole.messages.forEach((message: unknown, index) => {
    if (!isObject(message) || typeof message.role !== 'string')
      throw invalid(`messages[${index}].role must be a string`)
  })
  return whole
}

function messageTokens(message: Message, index: number, task: Task): number {
  const { count, framing } = task
  const isResult = message.role === 'tool' || message.role === 'function'
  let tokens = framing.message + contentTokens(message.content, index, task)
  if (isResult) return tokens + resultTokens(message, task)
  tokens += count(message.role)
  if (typeof message.name === 'string') tokens += count(message.name) + framing.name
  return tokens + callTokens(message, task)
}

/** The result of a call stands under the function's name, and not under a role. */
function resultTokens({ name, tool_call_id: id }: Message, { count, names, reasons }: Task): number {
  reasons.add(calls)
  const of = typeof name === 'string' ? name : names.get(id)
  return of === undefined ? 1 : count(of)
}

const calls = 'how calls of functions and their results are rendered is not published'

/**
 * Source: the counts that the API reported for the examples of tool calls that tests/js/messages.test.mjs has; of several
 * calls in one message the figures fit to two tokens.
 */
const aroundCall = 3
const aroundCalls = 22

function callTokens({ tool_calls, function_call }: Message, { count, names, reasons, framing }: Task): number {
  const list: unknown[] = Array.isArray(tool_calls)
    ? tool_calls
    : isObject(function_call)
      ? [{ function: function_call }]
      : []
  if (list.length === 0) return 0
  reasons.add(calls)
  const each = list.map((call) => {
    const { id, function: called } = (isObject(call) ? call : {}) as { id?: unknown; function?: unknown }
    const { name = '', arguments: args = '' } = (isObject(called) ? called : {}) as Record<string, unknown>
    names.set(id, String(name))
    return count(String(name)) + count(String(args)) + aroundCall
  })
  const several = list.length > 1 ? aroundCalls + (list.length - 1) * (framing.message + 1) : 0
  return each.reduce((sum, tokens) => sum + tokens, several)
}

function contentTokens(content: unknown, index: number, task: Task): number {
  if (content === undefined || content === null) return 0
  if (typeof content === 'string') return task.count(content)
  if (!Array.isArray(content)) throw invalid(`messages[${index}].content must be a string, an array or null`)
  const texts = content.filter((part) => isObject(part) && typeof part.text === 'string')
  if (texts.length > 1) task.reasons.add('how several texts of one message are joined is not published')
  return content.reduce((sum: number, part: MessagePart) => sum + partTokens(part, index, task), 0)
}

function partTokens(part: MessagePart, index: number, task: Task): number {
  if (!isObject(part)) throw invalid(`messages[${index}].content must hold objects`)
  if (typeof part.text === 'string') return task.count(part.text)
  if (typeof part.refusal === 'string') return task.count(part.refusal)
  if (part.type === 'image_url' || part.type === 'input_image') return imageTokens(part, task)
  task.reasons.add(`parts of type '${String(part.type)}' are not counted`)
  return 0
}

/** An image of unknown size is taken to be as large as the one in the guide's first example. */
const assumed: Size = { width: 1024, height: 1024 }

function imageTokens(part: MessagePart, { model, reasons, imageSize }: Task): number {
  const image = (isObject(part.image_url) ? part.image_url : { ...part, url: part.image_url }) as Record<
    string,
    unknown
  >
  const url = typeof image.url === 'string' ? image.url : ''
  const detail = typeof image.detail === 'string' ? image.detail : 'auto'
  const rule = imageRuleOf(model ?? '')
  if (!rule) {
    reasons.add(`no rule is published for what an image costs ${model ?? 'without a model'}: images are not counted`)
    return 0
  }
  const size = imageSize?.(url) ?? sizeOf(url)
  const tokens = rule(size ?? assumed, detail)
  // What costs the same at any size needs none.
  if (!size && rule({ width: 1, height: 1 }, detail) !== tokens) {
    reasons.add('the size of an image is not known: it is taken to be 1024 x 1024; options.imageSize can tell')
  }
  return tokens
}

function functionsOf(
  { tools = [], functions = [] }: Omit<ChatRequest, 'messages'>,
  { reasons }: Task,
): FunctionDefinition[] {
  if (!Array.isArray(tools) || !Array.isArray(functions)) throw invalid('tools and functions must be arrays')
  const declared = tools.flatMap((tool): unknown[] => {
    if (isObject(tool) && tool.type === 'function') return [isObject(tool.function) ? tool.function : tool]
    reasons.add(`tools of type '${isObject(tool) ? String(tool.type) : typeof tool}' are not counted`)
    return []
  })
  return [...declared, ...functions].map((definition) => {
    if (isObject(definition) && typeof definition.name === 'string') return definition as unknown as FunctionDefinition
    throw invalid('a function must have a name')
  })
}

/** Around the declarations, which are a system message of their own where there is none. */
const aroundTools = 9
const withinSystem = 4

function toolTokens(
  functions: FunctionDefinition[],
  messages: readonly Message[],
  { count, reasons, framing }: Task,
): number {
  const strange = new Set(functions.flatMap(({ parameters }) => unproven(parameters)))
  if (strange.size > 0) {
    reasons.add(`how a schema's ${[...strange].join(', ')} is rendered is not known`)
  } else if (!framing.published) {
    reasons.add('how tools are rendered is known for gpt-3.5-turbo, gpt-4 and gpt-4o alone')
  }
  const tokens = count(declarations(functions)) + aroundTools
  const system = messages.find(({ role }) => role === 'system')
  return system ? tokens - withinSystem + joint(system, count) : tokens
}

/** A line break follows the first system message, which may merge with its end. */
function joint({ content }: Message, count: (text: string) => number): number {
  const text = typeof content === 'string' ? content : ''
  return count(`${text}\n`) - count(text)
}

function choiceTokens({ tool_choice, function_call }: Omit<ChatRequest, 'messages'>, { count, reasons }: Task): number {
  const choice: unknown = tool_choice ?? function_call ?? 'auto'
  if (choice === 'auto') return 0
  if (choice === 'none') return 1
  const called = isObject(choice) && isObject(choice.function) ? choice.function : choice
  if (isObject(called) && typeof called.name === 'string') return count(called.name) + 4
  reasons.add('how this tool_choice is rendered is not published')
  return 0
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const invalid = (message: string): TrimtabError => new TrimtabError('invalid_input', message)
