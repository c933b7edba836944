// The one place that says where the built package is: beside this folder, as `npm run build` leaves it. It is asked for at
// once, while the rest of the page still comes.
const loading = import('../../pkg/url.js')
// Whoever awaits it is told.
loading.catch(() => {})

export const load = () => loading
