/** Says between what a field lies over the steps that have one. */
export function extremes(points, field, format) {
  const values = points.map((point) => point[field]).filter((value) => value !== null && value !== undefined)
  if (values.length === 0) return 'not measured'
  // Not with a spread: a year of hours is more arguments than some engines take.
  const least = values.reduce((a, b) => Math.min(a, b))
  const most = values.reduce((a, b) => Math.max(a, b))
  return `between ${format(least)} and ${format(most)}, in ${values.length} of ${points.length} steps`
}
