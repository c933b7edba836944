const probe = 1000

/**
 * Gives the dollars that one input token costs with `model`, or null where no price is known. The package prices what is
 * reported to it, so a call is reported to an instance in memory that nobody else sees.
 */
export async function pricePerToken(createTrimtab, model) {
  const trimtab = await createTrimtab({ model, store: 'memory' })
  try {
    trimtab.record({ model, usage: { prompt_tokens: probe, completion_tokens: 0 } })
    const { spent } = trimtab.metrics.snapshot().cost
    return typeof spent === 'number' ? spent / probe : null
  } finally {
    trimtab.dispose()
  }
}
