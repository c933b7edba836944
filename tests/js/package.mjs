// The built package, as its users import it.
export * from '../../pkg/index.js'

/** Content made for the tests: what is asked for stands in one of three documents. */
export const documents = [
  {
    title: 'Harbour',
    text: 'The harbour was built in 1911. It has two piers. Fishing boats leave at dawn. The ferry to Sund runs twice a day.',
  },
  {
    title: 'Lighthouse',
    text: 'The lighthouse stands on the northern cliff. Its lamp was lit by Marta Lindqvist in 1874. Its light reaches 21 miles.',
  },
  { title: 'Bakery', text: 'The bakery opens at six. Its rye bread is known along the coast. It closes on Mondays.' },
]

export const query = 'Who lit the lamp of the lighthouse?'

/** A longer text, so that every tier leaves something out. */
export const report = Array.from({ length: 40 }, (_, i) => {
  const topics = ['the northern pier', 'the ferry line', 'the fish market', 'the harbour light', 'the boat shed']
  return `Section ${i + 1} is about ${topics[i % 5]}. In ${1900 + i} it was repaired for ${i * 37 + 12} crowns. Nobody complained about it.`
}).join('\n\n')
