/**
 * A store over a `Map`, as a key-value service would be: `map` is what it holds. `late` makes it answer in any order, as a
 * service across a network does.
 */
export function mapStore({ late = false } = {}) {
  const map = new Map()
  const answer = (value) =>
    late ? new Promise((resolve) => setTimeout(resolve, map.size % 3, value)) : Promise.resolve(value)
  return {
    map,
    get: (key) => answer(map.get(key) ?? null),
    set: (key, bytes) => answer(void map.set(key, bytes.slice())),
    delete: (key) => answer(void map.delete(key)),
    keys: (prefix) => answer([...map.keys()].filter((key) => key.startsWith(prefix))),
  }
}
