// Where things are in the repository.
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

export const root = at('.')
export const pkg = at('pkg')
export const target = at('target')
export const www = at('www')
export const template = at('pkg-template')
export const tools = at('.tools')
export const wasm = at('wasm')
export const glue = at('target/wasm')
export const packs = at('target/packs')
export const deflated = at('target/deflated')
