// What the build supplies to the command line.

/** The package itself, loaded only by the commands that need it. */
declare module '#package' {
  export const load: () => Promise<typeof import('./package')>
}

/** The static server of the repository. */
declare module '#serve' {
  export function serve(options: {
    mounts: [prefix: string, folder: string][]
    port?: number
  }): Promise<{ url: string; close(): Promise<void> }>
}
