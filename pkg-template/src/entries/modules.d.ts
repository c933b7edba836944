// What the build supplies to the entries; scripts/build/entries.mjs makes these modules.

/** The compiled modules as base64 of raw deflate, each loaded when it is first needed. */
declare module '#modules' {
  export const modules: Record<import('../vectors').Variant, () => Promise<{ default: string }>>
}

/** One loader for each vocabulary pack, as base64 of raw deflate. */
declare module '#packs' {
  export const packs: Record<string, () => Promise<{ default: string }>>
}

/** The writers of reports, loaded when one is first asked for. */
declare module '#report' {
  export const load: () => Promise<typeof import('../report/index')>
}

/** What reads tokenizer files, loaded when it is first needed. */
declare module '#tokenizer' {
  export const load: () => Promise<typeof import('../tokenizer/index')>
}

declare module '*.wasm' {
  const module: WebAssembly.Module
  export default module
}

declare module '*.wasm?module' {
  const module: WebAssembly.Module
  export default module
}
