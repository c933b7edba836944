// ROUGE-N recall (Lin, 2004) over lower-cased words, without stemming, and confidence intervals by resampling.

const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

function counts(text, n) {
  const all = words(text)
  const found = new Map()
  for (let i = 0; i + n <= all.length; i++) {
    const gram = all.slice(i, i + n).join(' ')
    found.set(gram, (found.get(gram) ?? 0) + 1)
  }
  return found
}

/** The share of the reference's n-grams that the candidate has, each as often as it has it. */
export function recall(reference, candidate, n) {
  const wanted = counts(reference, n)
  const had = counts(candidate, n)
  let [hit, all] = [0, 0]
  for (const [gram, count] of wanted) {
    hit += Math.min(count, had.get(gram) ?? 0)
    all += count
  }
  return all ? hit / all : 1
}

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1)

/** The 95% interval of the mean, by 2,000 resamples with a fixed seed. */
export function interval(values) {
  let seed = 42
  const next = () => {
    seed = (seed * 1664525 + 1013904223) >>> 0
    return seed / 2 ** 32
  }
  const resample = () => mean(values.map(() => values[Math.floor(next() * values.length)]))
  const means = Array.from({ length: 2000 }, resample).sort((a, b) => a - b)
  return [means[50], means[1949]]
}
