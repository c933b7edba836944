/** Offered in the field; any other name may be typed, and the package says whether it knows it. */
export const models = [
  'gpt-5',
  'gpt-5-mini',
  'gpt-5-nano',
  'gpt-4.1',
  'gpt-4.1-mini',
  'gpt-4o',
  'gpt-4o-mini',
  'o3',
  'o4-mini',
  'gpt-4',
  'gpt-3.5-turbo',
]
