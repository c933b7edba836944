// Every chart of the dashboard, in the order of the page. A chart is a file that says which columns it draws:
// `{ id, title, series, format, columns(points), headings, cells(point), summary(points), brush? }`.
import { cost } from './cost.js'
import { latency } from './latency.js'
import { rates } from './rates.js'
import { tokens } from './tokens.js'

export const charts = [tokens, latency, rates, cost]
