// The one place that says where the built package is: beside this folder, as `npm run build` leaves it.
export const load = () => import('../../pkg/url.js')
