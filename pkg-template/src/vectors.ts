// Chooses the variant of a module: with vectors of 128 bits, or without for the runtimes of before 2023.

export type Variant = 'core' | 'core-scalar' | 'counter' | 'counter-scalar'

/** A module with one function that returns a vector: valid only where there are vectors. */
const probe = new Uint8Array([
  ...[0, 97, 115, 109, 1, 0, 0, 0], // the header
  ...[1, 5, 1, 96, 0, 1, 0x7b], // a type: () -> v128
  ...[3, 2, 1, 0], // a function of that type
  ...[10, 22, 1, 20, 0, 0xfd, 12, ...new Array<number>(16).fill(0), 11], // its body: v128.const 0
])

let vectors: boolean | undefined

/** The variant of the module `name` that this runtime can compile. */
export function variant(name: 'core' | 'counter'): Variant {
  vectors ??= WebAssembly.validate(probe)
  return vectors ? name : `${name}-scalar`
}
