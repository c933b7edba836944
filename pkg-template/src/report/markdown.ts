import { breakdowns, cells, heads, keyFigures, moment, type Report } from './words'

/** Writes a report as Markdown. Names come from outside, so everything that Markdown or HTML would read is escaped. */
export function toMarkdown(report: Report): string {
  const title = `# trimtab: the last ${report.hours} hours\n\n${moment(report.from)} to ${moment(report.to)}\n`
  const figures = table(['', ''], keyFigures(report))
  const sections = breakdowns(report).map(
    ([name, rows]) =>
      `\n## ${name}\n\n${table(
        heads,
        rows.map((row) => [row.name, ...cells(row)]),
      )}`,
  )
  return [title, figures, ...sections, recommendations(report)].join('\n')
}

function recommendations({ recommendations: list }: Report): string {
  if (list.length === 0) return ''
  const lines = list.map(
    ({ text, samples }: { text: string; samples: number }) => `- ${escaped(text)} (n = ${samples})\n`,
  )
  return `\n## Recommendations\n\n${lines.join('')}`
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |\n`
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return line(head) + line(rule) + rows.map((row) => line(row.map(escaped))).join('')
}

/** Puts a backslash before what Markdown reads, turns `<`, `>` and `&` into entities, and control characters into spaces. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[|\\`*_[\]!#~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
}
