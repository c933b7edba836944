// Browsers and their drivers, for the tests: those at hand, or Debian's.
import { existsSync } from 'node:fs'
import { run, which } from '../command.mjs'

const browser = ({ name, variable, programs, debian, why }) => ({
  name,
  why: `${why} (or name one in ${variable})`,
  optional: true,
  find: () => process.env[variable] || programs.map(which).find(Boolean),
  isHere() {
    return this.find() !== undefined
  },
  ways: [{ title: `apt-get install ${debian}`, install: () => aptInstall(debian) }],
})

export const chrome = browser({
  name: 'Chromium',
  variable: 'CHROME',
  programs: ['chromium', 'google-chrome', 'chromium-browser', 'google-chrome-stable'],
  debian: 'chromium',
  why: 'pages and bundles are tried in it',
})

export const chromedriver = browser({
  name: 'chromedriver',
  variable: 'CHROMEDRIVER',
  programs: ['chromedriver'],
  debian: 'chromium-driver',
  why: 'wasm-pack runs tests in Chromium through it',
})

export const firefox = browser({
  name: 'Firefox',
  variable: 'FIREFOX',
  programs: ['firefox', 'firefox-esr'],
  debian: 'firefox-esr',
  why: 'the package is tried in it',
})

/** Installs a package of Debian's. */
export async function aptInstall(name) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
    throw new Error('only Debian as root can install it without asking')
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-q'], { env })
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], { env })
}
