// A classic script in the head: the chosen theme, and the head of the page, are there before the first paint. Where the page
// was kept here before, all that it loads is asked for at once.
;(() => {
  try {
    const chosen = localStorage.getItem('trimtab-page-theme')
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
  } catch {
    // Storage may be blocked; the system's theme is a good answer then.
  }
})()

if (navigator.serviceWorker?.controller) document.head.append(document.querySelector('#then')?.content ?? '')

/** The head of every page; `page` names the one that it stands on. */
customElements.define(
  'site-masthead',
  class extends HTMLElement {
    connectedCallback() {
      this.innerHTML = `
        <header class="masthead">
          <div class="masthead-row">
            <a class="brand" href="./">
              <svg class="brand-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
                <path class="brand-rudder" d="M2.5 14.5c0-4.6 3.7-6.6 8-5.9l11 4.1v3.6l-11 4.1c-4.3.7-8-1.3-8-5.9z" />
                <path class="brand-tab" d="M22.6 12.9l7.5 9.4a.6.6 0 0 1-.7.9l-8.6-6.5z" />
                <circle class="brand-hinge" cx="21.7" cy="14.5" r="2.1" />
              </svg>
              <span>trimtab</span>
            </a>
            <nav class="masthead-nav" aria-label="Pages">
              <a href="./" data-page="playground">Playground</a>
              <a href="dashboard.html" data-page="dashboard">Dashboard</a>
            </nav>
            <button class="quiet theme-toggle" id="theme" type="button">
              <span class="theme-icon" aria-hidden="true"></span><span id="theme-label">Theme: system</span>
            </button>
          </div>
          <div class="chart-edge" aria-hidden="true"></div>
        </header>`
      this.querySelector(`[data-page="${this.getAttribute('page')}"]`)?.setAttribute('aria-current', 'page')
    }
  },
)
