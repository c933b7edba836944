// What the build supplies to the entries; scripts/build/entries.mjs makes these modules.

/** The compiled core as base64 of raw deflate, loaded on the first call. */
declare module '#core' {
  export const load: () => Promise<{ default: string }>
}

/** One loader for each vocabulary pack, as base64 of the bytes that the core takes. */
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
