export const vitest = []
