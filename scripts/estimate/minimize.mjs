// Minimizes a smooth function by L-BFGS (Nocedal 1980), and solves least squares.

const dot = (a, b) => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
const addTo = (target, factor, values) => {
  for (let i = 0; i < target.length; i++) target[i] += factor * values[i]
}

/** The direction that the last steps and what they did to the gradient suggest. */
function direction(gradient, history) {
  const towards = gradient.map((value) => -value)
  const factors = []
  for (const { step, change, curvature } of [...history].reverse()) {
    factors.unshift(dot(step, towards) / curvature)
    addTo(towards, -factors[0], change)
  }
  const last = history.at(-1)
  const scale = last ? last.curvature / dot(last.change, last.change) : 1 / Math.sqrt(dot(gradient, gradient))
  for (let i = 0; i < towards.length; i++) towards[i] *= scale
  history.forEach(({ step, change, curvature }, i) => {
    addTo(towards, factors[i] - dot(change, towards) / curvature, step)
  })
  return towards
}

/**
 * Changes `point` in at most `steps` steps to where `loss(point, gradient)`, which writes the gradient and returns the
 * value, is lowest.
 */
export function minimize(point, loss, steps) {
  let gradient = new Float64Array(point.length)
  let value = loss(point, gradient)
  const history = []
  for (let number = 0; number < steps; number++) {
    const towards = direction(gradient, history)
    const slope = dot(gradient, towards)
    const nextGradient = new Float64Array(point.length)
    let [next, nextValue, length] = [point, value, 1]
    for (let tries = 0; tries < 20; tries++, length *= 0.4) {
      next = point.map((place, i) => place + length * towards[i])
      nextValue = loss(next, nextGradient)
      if (nextValue <= value + 1e-4 * length * slope) break
    }
    const step = next.map((place, i) => place - point[i])
    const change = nextGradient.map((each, i) => each - gradient[i])
    const curvature = dot(step, change)
    if (curvature > 1e-10) history.push({ step, change, curvature })
    if (history.length > 8) history.shift()
    point.set(next)
    if ((value - nextValue) / value < 1e-6) return
    ;[value, gradient] = [nextValue, nextGradient]
  }
}

/**
 * The coefficients nearest to `prior` by ridge regression: `rows` are `{ terms, wanted, weight }`, and `ridge` says how much
 * a term has to gain to leave its prior, as a share of its own weight.
 */
export function leastSquares(rows, prior, ridge) {
  const size = prior.length
  const matrix = Array.from({ length: size }, () => new Float64Array(size + 1))
  for (const { terms, wanted, weight } of rows) {
    const missing = wanted - dot(terms, prior)
    for (let i = 0; i < size; i++) {
      const scaled = weight * terms[i]
      if (scaled === 0) continue
      addTo(matrix[i].subarray(0, size), scaled, terms)
      matrix[i][size] += scaled * missing
    }
  }
  for (let i = 0; i < size; i++) matrix[i][i] += ridge * matrix[i][i] + 1e-9
  return solved(matrix).map((change, i) => change + prior[i])
}

/** Solves a positive definite system, given as rows with the right side last. */
function solved(matrix) {
  const size = matrix.length
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) addTo(matrix[j], -matrix[j][i] / matrix[i][i], matrix[i])
  }
  const found = new Float64Array(size)
  for (let i = size - 1; i >= 0; i--) {
    found[i] = (matrix[i][size] - dot(found, matrix[i].subarray(0, size))) / matrix[i][i]
  }
  return found
}
