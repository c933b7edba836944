// Runs a worker in workerd and prints what its handler answers, asked twice: `node serve.mjs <miniflare options as JSON>`.
import { Miniflare } from 'miniflare'

const miniflare = new Miniflare({ compatibilityDate: '2025-01-01', ...JSON.parse(process.argv[2]) })
try {
  for (const path of ['/first', '/second']) {
    const response = await miniflare.dispatchFetch(`http://localhost${path}`)
    const text = await response.text()
    if (!response.ok) throw new Error(text)
    if (path === '/second') console.log(text)
  }
} finally {
  await miniflare.dispose()
}
