// Brings neither core nor vocabularies: the caller passes both, `createTrimtab({ wasm, packs })`.
export * from '../index'
