export const jest = []
