// Counts one megabyte of one kind.
import { readFileSync } from 'node:fs'
import { file } from '../files.mjs'
import { timed } from '../measure.mjs'

const [module, path, expected] = process.argv.slice(2)
const text = readFileSync(path, 'utf8')
const { load } = await import(new URL(`../${module}`, import.meta.url))
const { count } = await load(file)
for (let i = 0; i < 200; i++) count('All work and no play makes Jack a dull boy. '.repeat(10))
process.send('ready')
let tokens
const ms = timed(() => (tokens = count(text)))
console.log(JSON.stringify({ ms, right: tokens === Number(expected) }))
