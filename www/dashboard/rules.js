// The rules that can be set on the page: where each fires, in which unit its number is, and how a value is written.

import { count, milliseconds, money, percent } from '../page/format.js'

const optimizing = { operation: 'optimize' }

/** `setting` is the field of the rule that the number goes into, `scale` what one of it is in the page's unit. */
export const rules = [
  {
    rule: 'budget',
    title: 'Monthly budget',
    setting: 'budget',
    window: 'month',
    unit: '$',
    scale: 1,
    format: percent,
    first: 50,
  },
  {
    rule: 'spend',
    title: 'Spend a day',
    setting: 'above',
    window: 'day',
    unit: '$',
    scale: 1,
    format: money,
    first: 5,
  },
  {
    rule: 'tokens',
    title: 'Tokens a day',
    setting: 'above',
    window: 'day',
    unit: 'tokens',
    scale: 1,
    format: count,
    first: 1e6,
  },
  {
    rule: 'savings_rate',
    title: 'Savings rate',
    setting: 'below',
    window: '24h',
    unit: '%',
    scale: 100,
    format: percent,
    first: 0.2,
  },
  {
    rule: 'hit_rate',
    title: 'Cache hits',
    setting: 'below',
    window: '24h',
    unit: '%',
    scale: 100,
    format: percent,
    first: 0.1,
  },
  {
    rule: 'latency',
    title: 'Response time',
    setting: 'above',
    window: '1h',
    where: optimizing,
    unit: 'ms',
    scale: 1,
    format: milliseconds,
    first: 500,
  },
  {
    rule: 'error_rate',
    title: 'Error rate',
    setting: 'above',
    window: '1h',
    unit: '%',
    scale: 100,
    format: percent,
    first: 0.05,
  },
  {
    rule: 'storage',
    title: 'Kept metrics',
    setting: 'above',
    window: '24h',
    unit: 'MB',
    scale: 1e-6,
    format: count,
    first: 32e6,
  },
]

const names = (where) => JSON.stringify(Object.entries(where ?? {}).sort())

/** Tells whether a rule of the package is the one that this row of the page sets. */
export const isOf = (row, rule) => rule.rule === row.rule && names(rule.where) === names(row.where)

/** Writes the row as a rule of the package, with `value` in the package's unit. */
export const asRule = ({ rule, setting, window, where }, value) => ({
  rule,
  [setting]: value,
  window,
  ...(where && { where }),
})
