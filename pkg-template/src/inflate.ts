// A library's inflate, in a module of its own because it fills tables when it is loaded, which takes Node 8 ms: only who
// has no other loads it.
export { inflateSync } from 'fflate'
