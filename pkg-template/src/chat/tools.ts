// Function definitions as the model gets them: declarations in TypeScript, made of their JSON schemas.
//
// OpenAI has not published the rendering. This one gives the counts that its API reported for the tools in the cookbook (see
// framing.ts; 105 tokens for gpt-3.5-turbo and gpt-4, 101 for gpt-4o and gpt-4o-mini) and for the examples that users
// collected in hmarr/openai-chat-tokens and cequence-io/openai-scala-client; tests/js/messages.test.mjs has them.

/** A JSON schema, as far as it is rendered. */
interface Schema {
  type?: unknown
  description?: unknown
  properties?: Record<string, Schema>
  required?: unknown
  items?: Schema
  enum?: unknown[]
}

export interface FunctionDefinition {
  name: string
  description?: string
  parameters?: Schema
}

/** The declarations of `functions`. */
export function declarations(functions: readonly FunctionDefinition[]): string {
  return ['namespace functions {', '', ...functions.flatMap(declaration), '} // namespace functions'].join('\n')
}

function declaration({ name, description, parameters }: FunctionDefinition): string[] {
  const properties = parameters ? members(parameters, 0) : ''
  const type = properties ? [`type ${name} = (_: {`, properties, '}) => any;'] : [`type ${name} = () => any;`]
  return [...comment(description), ...type, '']
}

/** Descriptions are rendered at the first level alone. */
function members({ properties = {}, required }: Schema, indent: number): string {
  const isRequired = (name: string) => Array.isArray(required) && required.includes(name)
  const lines = Object.entries(properties).flatMap(([name, schema]) => [
    ...(indent === 0 ? comment(schema.description) : []),
    `${name}${isRequired(name) ? '' : '?'}: ${typeOf(schema, indent)},`,
  ])
  return lines.map((line) => ' '.repeat(indent) + line).join('\n')
}

function typeOf(schema: Schema, indent: number): string {
  const { type, items } = schema
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (type === 'integer') return 'number'
  if (type === 'array') return items ? `${typeOf(items, indent)}[]` : 'any[]'
  if (type === 'object') return `{\n${members(schema, indent + 2)}\n}`
  return typeof type === 'string' ? type : 'any'
}

const comment = (description: unknown): string[] =>
  typeof description === 'string' && description ? [`// ${description}`] : []

/** What of a schema is in none of the examples with a reported count: the names of its keywords and types. */
export function unproven(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties, items, ...rest } = schema as Schema
  const keywords = Object.keys(rest).filter((key) => !proven.has(key))
  const types = [rest.type ?? 'object']
    .filter((type) => !provenTypes.has(type))
    .map((type) => `type ${JSON.stringify(type)}`)
  return [...keywords, ...types, ...Object.values(properties ?? {}).flatMap(unproven), ...unproven(items)]
}

const proven = new Set(['type', 'description', 'required', 'enum'])
const provenTypes = new Set<unknown>(['object', 'array', 'string', 'number', 'boolean'])
