// Records for the tests of metrics and of the command line, made for them alone.

export const now = Date.UTC(2026, 8, 23, 12)
export const hour = 3_600_000

/** Names that try to be markup, a formula, a terminal command or another line. */
export const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "=cmd|'/c calc'!A1",
  '+1+1',
  '@SUM(A1)',
  '\u001b]0;owned\u0007\u001b[2J',
  'a","b\r\nc',
  '| a | [x](javascript:alert(1)) `b`',
  '\u202egnp.exe',
]

/** Calls of three users over two days. */
export const calls = Array.from({ length: 60 }, (_, i) => ({
  id: `call-${i}`,
  at: now - i * 0.8 * hour,
  model: i % 3 ? 'gpt-4o' : 'claude-sonnet-4-5',
  user: ['ada', 'bob', 'eve'][i % 3],
  task: i % 2 ? 'chat' : 'summary',
  tags: i % 4 ? [] : ['beta'],
  latencyMs: 100 + i,
  ...(i % 20 === 19 ? { error: 'timeout' } : {}),
  usage:
    i % 3
      ? { prompt_tokens: 1000 + i, completion_tokens: 100, prompt_tokens_details: { cached_tokens: 400 } }
      : { input_tokens: 500 + i, output_tokens: 50, cache_read_input_tokens: 300, cache_creation_input_tokens: 200 },
}))

export const lines = (records) => records.map((record) => JSON.stringify(record)).join('\n')
