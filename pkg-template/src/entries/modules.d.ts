// What the build supplies to the entries; scripts/build/entries.mjs makes these modules.

/** The compiled modules as base64 of raw deflate, each loaded when it is first needed. */
declare module '#modules' {
  export const modules: Record<import('../vectors').Variant, () => Promise<{ default: string }>>
}

/** One loader for each vocabulary pack, as base64 of raw deflate. */
declare module '#packs' {
  export const packs: Record<string, () => Promise<{ default: string }>>
}

declare module '*.wasm' {
  const module: WebAssembly.Module
  export default module
}

declare module '*.wasm?module' {
  const module: WebAssembly.Module
  export default module
}
