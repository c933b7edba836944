import { breakdowns, cells, heads, keyFigures, moment, type Report } from './words'

/**
 * Writes a report as one HTML document that loads nothing and runs nothing: a policy in its head forbids scripts, so
 * that not even a mistake in the escaping could run a name.
 */
export function toHtml(report: Report): string {
  const title = `trimtab: the last ${report.hours} hours`
  const body = [
    `<h1>${escaped(title)}</h1>`,
    `<p>${moment(report.from)} to ${moment(report.to)}</p>`,
    table('Key figures', [], keyFigures(report)),
    chart(report),
    ...breakdowns(report).map(([name, rows]) =>
      table(
        name,
        heads,
        rows.map((row) => [row.name, ...cells(row)]),
      ),
    ),
    recommendations(report),
  ]
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
<main>
${body.join('\n')}
</main>
</html>
`
}

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}
div{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{padding:.25rem .75rem;border-bottom:1px solid #8886;text-align:right;overflow-wrap:anywhere}
th:first-child,td:first-child{text-align:left}
svg{width:100%;height:auto}.before{fill:#8888}.after{fill:#2a78d6}`

function table(title: string, head: string[], rows: string[][]): string {
  const cell =
    (name: string, scope = '') =>
    (text: string) =>
      `<${name}${scope}>${escaped(text)}</${name}>`
  const top = head.length > 0 ? `<thead><tr>${head.map(cell('th', ' scope="col"')).join('')}</tr></thead>` : ''
  const line = ([name = '', ...rest]: string[]) =>
    `<tr>${cell('th', ' scope="row"')(name)}${rest.map(cell('td')).join('')}</tr>`
  return `<h2>${escaped(title)}</h2>\n<div tabindex="0" role="group" aria-label="${escaped(title)}"><table>${top}<tbody>${rows.map(line).join('')}</tbody></table></div>`
}

const width = 960
const height = 160

/** Tokens before and after in each step, as bars; what stands beside it says the same in figures. */
function chart({ series, step }: Report): string {
  const most = Math.max(0, ...series.map(({ before }: { before: number | null }) => before ?? 0))
  if (most === 0) return ''
  const each = width / series.length
  const bar = (at: number, value: number, kind: string) => {
    const tall = (value / most) * height
    return `<rect class="${kind}" x="${(at * each).toFixed(1)}" y="${(height - tall).toFixed(1)}" width="${(each * 0.8).toFixed(1)}" height="${tall.toFixed(1)}"/>`
  }
  const bars = series.map(({ before, after }: Report, at: number) =>
    before === null ? '' : bar(at, before, 'before') + bar(at, after, 'after'),
  )
  const label = `Tokens before (grey) and after (blue), by the ${step}`
  return `<h2>${label}</h2>\n<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${bars.join('')}</svg>`
}

function recommendations({ recommendations: list }: Report): string {
  if (list.length === 0) return ''
  const items = list.map(
    ({ text, samples }: { text: string; samples: number }) => `<li>${escaped(text)} (n = ${samples})</li>`,
  )
  return `<h2>Recommendations</h2>\n<ul>${items.join('')}</ul>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Names come from outside: nothing in them is markup, and nothing in them is a control character. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
}
