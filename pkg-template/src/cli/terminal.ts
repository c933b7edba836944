// What the terminal shows. Colours and progress are for terminals alone: a pipe gets plain text.

type Stream = NodeJS.WriteStream

const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const

/** Whether `stream` takes colours: a terminal that nobody told otherwise. */
function coloured(stream: Stream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR) return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0'
  return stream.isTTY === true && TERM !== 'dumb'
}

export function paint(style: keyof typeof codes, text: string, stream: Stream = process.stdout): string {
  const [on, off] = codes[style]
  return coloured(stream) ? `\u001b[${on}m${text}\u001b[${off}m` : text
}

/** Names come from outside: what would move the cursor or turn the text around is shown as U+FFFD. */
export const shown = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')

/** Rows under their heads: the first column to the left, figures to the right. */
export function table(heads: string[], rows: string[][]): string {
  const cells = [heads, ...rows].map((row) => row.map(shown))
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  const line = (row: string[]) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  const [head = [], ...body] = cells
  return [paint('bold', line(head)), ...body.map(line)].join('\n')
}

/** A bar on standard error that goes away when it is done. */
export function progress(of: number): (done: number) => void {
  const stream = process.stderr
  if (!stream.isTTY || of < 2) return () => {}
  return (done) => {
    const filled = Math.round((done / of) * 24)
    stream.write(done >= of ? '\r\u001b[K' : `\r${'█'.repeat(filled)}${'░'.repeat(24 - filled)} ${done}/${of}`)
  }
}

export const print = (text: string): void => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
export const note = (text: string): void => void process.stderr.write(`${text}\n`)
