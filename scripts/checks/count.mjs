// How many cases a tool says it has run: each tool has its own words.

export const one = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 })

const total = (output, pattern) => {
  const sum = { passed: 0, failed: 0, skipped: 0, found: 0 }
  for (const { groups } of output.matchAll(pattern)) {
    sum.found++
    for (const kind of ['passed', 'failed', 'skipped']) sum[kind] += Number(groups[kind] ?? 0)
  }
  return sum
}

// One line for each test program of cargo, and for each of wasm-pack's.
const cargoLine = /test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed; (?<skipped>\d+) ignored/g
const nodeLines =
  /^(?:# |ℹ )pass (?<passed>\d+)\n(?:# |ℹ )fail (?<failed>\d+)\n(?:# |ℹ )cancelled \d+\n(?:# |ℹ )skipped (?<skipped>\d+)/gm
const matrixLine = /^(?<passed>\d+) passed, (?<failed>\d+) failed, (?<skipped>\d+) skipped$/gm

/** Counts by the lines of one tool; a run that ends badly has at least one failure, whatever it says. */
const counting = (pattern) => (code, output) => {
  const { passed, failed, skipped, found } = total(output, pattern)
  if (found === 0) return one(code === 0)
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), skipped }
}

export const cargoTests = counting(cargoLine)
export const nodeTests = counting(nodeLines)
export const matrixCells = counting(matrixLine)
export const asOne = (code) => one(code === 0)
