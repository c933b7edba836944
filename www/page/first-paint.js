// A classic script in the head, so that the chosen theme is there before the first paint.
;(() => {
  try {
    const chosen = localStorage.getItem('trimtab-page-theme')
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
  } catch {
    // Storage may be blocked; the system's theme is a good answer then.
  }
})()
