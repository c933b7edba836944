export const firefox = []
