import type { Core } from '#core-glue'
import { attempt } from './errors'
import type { Persistence } from './store'

/**
 * What was learned from use: which tier each user and task need, and what they ask about. Hashes and figures, no text.
 * With `privacy: { learn: false }` nothing is learned.
 */
export class Profile {
  readonly #core: () => Core
  readonly #persistence: Persistence

  /** @internal */
  constructor(core: () => Core, persistence: Persistence) {
    this.#core = core
    this.#persistence = persistence
  }

  /** All of it, for another instance to take over. */
  export(): Uint8Array {
    return attempt(() => this.#core().export_profile())
  }

  /** Takes over what was exported in the place of what was learned here; throws `corrupt_record` for anything else. */
  import(bytes: Uint8Array): void {
    attempt(() => this.#core().import_profile(bytes))
    this.#persistence.changed()
  }

  /** Forgets it, in the store as well. */
  reset(): void {
    this.#core().reset_profile()
    this.#persistence.changed()
  }
}
