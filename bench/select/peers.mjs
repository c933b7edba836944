// Who selects. A peer is `{ shares, select(documents, query, budget) }`, which resolves to the text that the model gets;
// one without `shares` takes no budget and decides by itself how much it keeps.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pathOf } from '../files.mjs'

export const joined = (documents) =>
  documents.map(({ title, text }) => (title ? `${title}\n${text}` : text)).join('\n\n')

export async function trimtabOf(folder) {
  const { createTrimtab } = await import(pathToFileURL(join(folder, 'index.js')))
  const trimtab = await createTrimtab({ encoding: 'o200k_base', store: 'memory' })
  return {
    shares: [0.2, 0.1],
    count: (text) => trimtab.count(text),
    select: async (documents, query, budget) => (await trimtab.optimize(documents, { query, budget })).text,
  }
}

/** @llmtrim/js with the presets that drop text; a request as its README shows it. */
export async function llmtrim() {
  const compress = await loadLlmtrim()
  const select = (preset) => async (documents, query) => {
    const content = `${joined(documents)}\n\nQuestion: ${query}`
    const request = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content }] })
    const { messages } = JSON.parse(compress(request, 'openai', preset).request_json)
    return messages.map((message) => message.content).join('\n')
  }
  return {
    '@llmtrim/js': { select: select(undefined) },
    '@llmtrim/js, rag': { select: select('rag') },
    '@llmtrim/js, aggressive': { select: select('aggressive') },
  }
}

/** Loads it as bundlers do: Node cannot import its wasm by itself. */
async function loadLlmtrim() {
  const glue = await import('@llmtrim/js/llmtrim_wasm_bg.js').catch(() => import(pathToFileURL(glueFile())))
  const { instance } = await WebAssembly.instantiate(await readFile(glueFile().replace(/\.js$/, '.wasm')), {
    './llmtrim_wasm_bg.js': glue,
  })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start?.()
  return glue.compress
}

const glueFile = () => pathOf('@llmtrim/js').replace(/llmtrim_wasm\.js$/, 'llmtrim_wasm_bg.js')
