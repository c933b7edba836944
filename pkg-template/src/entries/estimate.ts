// Estimates alone: nothing else is loaded with it.
export { type Estimate, estimate } from '../estimate/index'
