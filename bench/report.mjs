// Medians, means, and tables.

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2
}

export const geometricMean = (values) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)

/** A number with about three digits. */
export const short = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))

/** Prints rows under their heads, in columns as wide as they need to be. */
export function table(title, heads, rows) {
  const cells = [heads, ...rows].map((row) => row.map(String))
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column].length)))
  const line = (row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[i]))).join('  ')
  console.log(`\n${title}\n${cells.map(line).join('\n')}`)
}

/** Prints speeds by row and peer, geometric means, and the ratio of ours to each peer's. */
export function speedTable(title, speeds) {
  const rows = Object.keys(speeds)
  const names = Object.keys(speeds[rows[0]])
  const mean = (name) => geometricMean(rows.map((row) => speeds[row][name]))
  const line = (row) => [row, ...names.map((name) => short(speeds[row][name]))]
  table(title, ['', ...names], [...rows.map(line), ['geometric mean', ...names.map((name) => short(mean(name)))]])
  const others = names.filter((name) => name !== 'trimtab')
  if (others.length === names.length) return
  const ratio = (row, name) => `${short(speeds[row].trimtab / speeds[row][name])}x`
  table(
    '  trimtab is faster by',
    ['', ...others],
    [
      ...rows.map((row) => [row, ...others.map((name) => ratio(row, name))]),
      ['geometric mean', ...others.map((name) => `${short(mean('trimtab') / mean(name))}x`)],
    ],
  )
}
