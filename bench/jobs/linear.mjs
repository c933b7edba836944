// Counts one megabyte of one kind.
import { readSet } from '../../tests/adversarial/set.mjs'
import { file } from '../files.mjs'
import { timed } from '../measure.mjs'

const [module, index] = process.argv.slice(2)
const { text, ids } = readSet(['megabytes']).megabytes[Number(index)]
const { load } = await import(new URL(`../${module}`, import.meta.url))
const { count } = await load(file)
for (let i = 0; i < 200; i++) count('All work and no play makes Jack a dull boy. '.repeat(10))
let tokens
const ms = timed(() => (tokens = count(text)))
console.log(JSON.stringify({ ms, right: tokens === ids.o200k_base.length }))
