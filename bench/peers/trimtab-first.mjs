// What an application writes that only counts: a bundler leaves out the rest.
import { countTokens } from '../../pkg/index.js'

export const load = async () => ({ count: (text) => countTokens(text, 'gpt-5') })
