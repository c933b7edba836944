import { byId } from './dom.js'

const key = 'trimtab-page-theme'
const choices = ['system', 'light', 'dark']

/** Lets the toggle go round the system's theme, light and dark, and keeps the choice. */
export function startTheme() {
  const toggle = byId('theme')
  let choice = document.documentElement.dataset.theme ?? 'system'
  const show = () => {
    if (choice === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = choice
    byId('theme-label').textContent = `Theme: ${choice}`
  }
  toggle.addEventListener('click', () => {
    choice = choices[(choices.indexOf(choice) + 1) % choices.length]
    remember(choice)
    show()
  })
  show()
}

function remember(choice) {
  try {
    localStorage.setItem(key, choice)
  } catch {
    // Storage may be blocked; the choice lasts until the page is left.
  }
}
