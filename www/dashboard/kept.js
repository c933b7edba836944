const prefix = 'trimtab-dashboard-'

/** A plain object that the reader sets on this page, kept in the browser where that is allowed. */
export class Kept {
  #name
  value

  /** `first` is what holds until something was set; fields that it lacks are not read back. */
  constructor(name, first) {
    this.#name = prefix + name
    this.value = { ...first, ...this.#read(first) }
  }

  set(changes) {
    this.value = { ...this.value, ...changes }
    try {
      localStorage.setItem(this.#name, JSON.stringify(this.value))
    } catch {
      // Storage may be blocked or full; the choice lasts until the page is left.
    }
  }

  #read(first) {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#name)) ?? {}
      return Object.fromEntries(Object.entries(kept).filter(([key, value]) => typeof value === typeof first[key]))
    } catch {
      return {}
    }
  }
}
