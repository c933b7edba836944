// Numbers as people read them. What is not known is a dash: absence is not zero.

const whole = new Intl.NumberFormat('en')
const rate = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })
const dollars = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' })
const fineDollars = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', maximumSignificantDigits: 2 })
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' })

export const absent = '–'

const known = (value) => typeof value === 'number' && Number.isFinite(value)
const or = (format) => (value) => (known(value) ? format(value) : absent)

export const count = or((value) => whole.format(value))
export const shortCount = or((value) => compact.format(value))
export const percent = or((value) => rate.format(value))
export const money = or((value) => (Math.abs(value) >= 0.095 || value === 0 ? dollars : fineDollars).format(value))
export const milliseconds = or((ms) =>
  ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`,
)
export const hour = or((ms) => clock.format(ms))
export const date = or((ms) => day.format(ms))

/** Says a number with its noun: `1 token`, `812 tokens`. */
export const plural = (value, noun) => `${count(value)} ${noun}${value === 1 ? '' : 's'}`
