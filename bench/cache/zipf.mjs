import { random } from '../random.mjs'

/** `length` numbers below `keys`, the first ones asked for most: rank r with a weight of 1 / r^exponent. */
export function zipf(keys, length, exponent, seed = 1) {
  const next = random(seed)
  const sums = new Float64Array(keys)
  let sum = 0
  for (let at = 0; at < keys; at++) sums[at] = sum += 1 / (at + 1) ** exponent
  return Uint32Array.from({ length }, () => search(sums, next() * sum))
}

/** The first place whose sum is at least `wanted`. */
function search(sums, wanted) {
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sums[middle] < wanted) low = middle + 1
    else high = middle
  }
  return low
}
