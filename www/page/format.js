// Numbers as people read them. What is not known is a dash: absence is not zero.

/**
 * Makes a function that formats, out of one that makes a formatter. A formatter is made once and when it is needed: it takes longer
 * to make than all that it formats.
 */
export function formatting(make) {
  let made
  return (value) => {
    made ??= make()
    return made.format(value)
  }
}

const numbers = (options) => formatting(() => new Intl.NumberFormat('en', options))
const times = (options) => formatting(() => new Intl.DateTimeFormat('en', options))

const whole = numbers()
const rate = numbers({ style: 'percent', maximumFractionDigits: 1 })
const dollars = numbers({ style: 'currency', currency: 'USD' })
const fineDollars = numbers({ style: 'currency', currency: 'USD', maximumSignificantDigits: 2 })
const compact = numbers({ notation: 'compact', maximumFractionDigits: 1 })
const clock = times({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const day = times({ day: 'numeric', month: 'short', year: 'numeric' })

export const absent = '–'

const known = (value) => typeof value === 'number' && Number.isFinite(value)
const or = (format) => (value) => (known(value) ? format(value) : absent)

export const count = or(whole)
export const shortCount = or(compact)
export const percent = or(rate)
export const money = or((value) => (Math.abs(value) >= 0.095 || value === 0 ? dollars : fineDollars)(value))
export const milliseconds = or((ms) =>
  ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`,
)
export const hour = or(clock)
export const date = or(day)

/** Says a number with its noun: `1 token`, `812 tokens`. */
export const plural = (value, noun) => `${count(value)} ${noun}${value === 1 ? '' : 's'}`
