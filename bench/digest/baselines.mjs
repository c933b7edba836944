// Extracts of the same size that need no thought, or a graph: what a digest has to be better than.

/** Takes sentences in `order` while they fit, and gives them in their place. */
function take(sentences, order, budget, count) {
  let left = budget
  const kept = []
  for (const index of order) {
    const size = count(sentences[index]) + 1
    if (size > left) continue
    left -= size
    kept.push(index)
  }
  return kept
    .sort((a, b) => a - b)
    .map((index) => sentences[index])
    .join('\n')
}

const places = (sentences) => sentences.map((_, index) => index)

const lead = (sentences, budget, count) => {
  const order = places(sentences)
  let [end, left] = [0, budget]
  while (end < order.length && count(sentences[end]) + 1 <= left) left -= count(sentences[end++]) + 1
  return take(sentences, order.slice(0, end), budget, count)
}

function random(sentences, budget, count) {
  let seed = 7
  const keyed = places(sentences).map((index) => {
    seed = (seed * 1664525 + 1013904223) >>> 0
    return [seed, index]
  })
  const order = keyed.sort((a, b) => a[0] - b[0]).map(([, index]) => index)
  return take(sentences, order, budget, count)
}

const grammar = new Set(
  `a an the and or but if of to in on at for with by from as is are was were be been it its this that these those i you
  he she we they me him her us them my your his our their do does did have has had not no so what which who when where how
  why can could will would should may might must just about into out up down over there here then than too very also um uh
  yeah okay ok right well like`.split(/\s+/),
)

/** TextRank (Mihalcea and Tarau, 2004): common words over the logarithms of the lengths, 20 rounds of PageRank. */
function textrank(sentences, budget, count) {
  const bags = sentences.map(
    (text) => new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !grammar.has(word))),
  )
  const having = new Map()
  bags.forEach((bag, index) => {
    for (const word of bag) having.set(word, [...(having.get(word) ?? []), index])
  })
  const edges = bags.map((bag, index) => {
    const common = new Map()
    for (const word of bag) {
      for (const other of having.get(word)) if (other !== index) common.set(other, (common.get(other) ?? 0) + 1)
    }
    const size = (i) => Math.log(bags[i].size + 1)
    return [...common].map(([other, n]) => [other, n / (size(index) + size(other))])
  })
  const sums = edges.map((list) => list.reduce((sum, [, weight]) => sum + weight, 0))
  let ranks = sentences.map(() => 1)
  for (let round = 0; round < 20; round++) {
    const before = ranks
    ranks = edges.map(
      (list) => 0.15 + 0.85 * list.reduce((sum, [other, weight]) => sum + (weight * before[other]) / sums[other], 0),
    )
  }
  const order = places(sentences).sort((a, b) => ranks[b] - ranks[a] || a - b)
  return take(sentences, order, budget, count)
}

export const baselines = { lead, random, textrank }
