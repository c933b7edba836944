export const next = []
