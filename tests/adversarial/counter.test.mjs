// The counter, in a process in which the core is never started.
import { countTokens } from '../../pkg/index.js'
import { testCounts } from './counts.mjs'

testCounts(countTokens, 'the counter')
