// From what was pasted to what the model reads, live.

import { align, ownGaps } from './alignment.js'
import { BudgetControl } from './budget.js'
import { byId, make } from './dom.js'
import { startFiles } from './files.js'
import { count, percent, plural } from './format.js'
import { describe, readInput } from './input.js'
import { latest } from './latest.js'
import { piecesOf } from './markers.js'
import { showOmissions } from './omissions.js'
import { clearReadout, showReadout, showRestored } from './readout.js'
import { givesBack } from './restoring.js'
import { chipsOf, resultText } from './result.js'
import { SourceMarks } from './source-marks.js'
import { showSteps } from './steps.js'
import { headingOf, troublePanel } from './trouble.js'

// Laying out more than this makes a browser slow. Copying always gives all.
const mostShown = 300_000

const judged = 'Without one, what matters is judged by structure'
const placeholders = { text: judged, documents: judged, messages: 'Without one, the last user message is taken' }

/** Ties the controls, the source and the result together. */
export class Playground {
  #session
  #measured
  #source = byId('source')
  #query = byId('query')
  #model = byId('model')
  #result = byId('result')
  #marks = new SourceMarks()
  #budget = new BudgetControl(() => this.#runs.ask())
  // The core runs on this thread, so a long text gets a longer pause: typing must not wait for it.
  #runs = latest(
    (signal) => this.#run(signal),
    () => 120 + Math.min(this.#source.value.length / 500, 900),
  )
  #last

  /** `measured` is called whenever the metrics may have changed. */
  constructor(session, measured) {
    this.#session = session
    this.#measured = measured
    this.#listen()
  }

  /** Shows a sample, or any text with what is asked of it. */
  open({ text, query = '', tier = 'auto', share = null }) {
    this.#source.value = text
    this.#source.scrollTop = 0
    this.#query.value = query
    byId(`tier-${tier}`).checked = true
    this.#budget.portion(share)
    return this.#runs.now()
  }

  #listen() {
    this.#source.addEventListener('input', () => {
      this.#marks.clear()
      this.#runs.ask()
    })
    this.#source.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#runs.now()
    })
    this.#query.addEventListener('input', () => this.#runs.ask())
    // Every keystroke in it would be one more unknown model.
    this.#model.addEventListener('change', () => this.#runs.now())
    byId('tiers').addEventListener('change', () => this.#runs.ask())
    byId('request').addEventListener('submit', (event) => {
      event.preventDefault()
      this.#runs.now()
    })
    byId('clear').addEventListener('click', () => {
      this.#query.value = ''
      this.#replace('')
      this.#source.focus()
    })
    byId('copy').addEventListener('click', () => this.#copy().catch((error) => this.#fail(error)))
    byId('expand-all').addEventListener('click', () => this.#toggleAll())
    // After the chip's own listener, which has set its state by then.
    this.#result.addEventListener('click', () => this.#expandAllLabel())
    startFiles({ read: (text) => this.#replace(text), fail: (error) => this.#fail(error) })
  }

  /** Puts another text in the field, as if it were typed: query, tier and budget stay. */
  #replace(text) {
    this.#source.value = text
    this.#source.dispatchEvent(new Event('input'))
  }

  async #run(signal) {
    const source = this.#source.value
    const input = readInput(source)
    byId('kind').textContent = describe(input)
    this.#query.placeholder = placeholders[input.shape]
    this.#result.setAttribute('aria-busy', 'true')
    try {
      const trimtab = await this.#session.use(this.#model.value.trim())
      if (signal.aborted) return
      byId('encoding').textContent = trimtab.encoding
      this.#budget.measure(trimtab.count(input.parts.join('\n\n')))
      if (source === '') return this.#empty()
      await this.#optimize(trimtab, { source, input, signal })
    } catch (error) {
      if (!signal.aborted && error.code !== 'aborted') this.#fail(error)
    } finally {
      if (!signal.aborted) this.#ended()
    }
  }

  /** Counts the runs that came to their end, in the page, where a test can wait for the next. */
  #ended() {
    this.#result.setAttribute('aria-busy', 'false')
    this.#result.dataset.run = String(Number(this.#result.dataset.run ?? 0) + 1)
  }

  async #optimize(trimtab, { source, input, signal }) {
    const query = this.#query.value.trim()
    const start = performance.now()
    const result = await trimtab.optimize(input.content, {
      ...(query && { query }),
      budget: this.#budget.tokens,
      tier: byId('request').elements.tier.value,
      signal,
    })
    const ms = performance.now() - start
    if (signal.aborted) return
    this.#show(result, { trimtab, source, input, ms })
    this.#session.flushSoon()
    this.#measured(trimtab)
    const { exact, reason } = await givesBack(trimtab, input, result)
    if (signal.aborted) return
    showRestored(exact)
    this.#announce(result, exact)
    if (!exact) this.#note(`The source does not come back from this text: ${reason}.`, true)
  }

  #show(result, { trimtab, source, input, ms }) {
    this.#last = { result, trimtab }
    this.#right()
    const actions = { expand: (ref) => this.#expand(ref), fail: (error) => this.#note(error.message, true) }
    this.#result.replaceChildren(this.#text(source, input, result, actions))
    showReadout(result, ms, this.#session.price)
    this.#budget.kept(result.tokens.before ? result.tokens.after / result.tokens.before : 0)
    showOmissions(result.omitted, actions)
    showSteps(result)
    badge('tier-used', result.tier)
    badge('from-cache', result.cached ? 'from cache' : '')
    this.#expandAllLabel()
    byId('copy').disabled = false
    byId('copy').textContent = result.messages ? 'Copy messages' : 'Copy'
    const { failure } = result.stats
    if (failure)
      this.#note(`The optimizer failed (${failure.code}), so the original goes out: ${failure.message}`, true)
    else this.#note(`Counted ${result.exact ? 'exactly' : 'as an estimate'} with ${trimtab.encoding}.`)
  }

  /** Shades the source, and makes the text with a chip for each place that can be opened. */
  #text(source, input, result, actions) {
    this.#marks.clear()
    const shown = result.text.slice(0, mostShown)
    const pieces = piecesOf(shown, result.omitted)
    const aligned = source.length <= mostShown ? align(source, pieces, input) : null
    if (result.omitted.length === 0) this.#marks.say('Nothing was left out.')
    else if (aligned) this.#marks.show(source, aligned.spans)
    else
      this.#marks.say('The text is in another form than the source, or too long, so what was left out is not shaded.')
    const owned = aligned ? ownGaps(source, pieces, aligned, result.omitted) : pieces
    return resultText(owned, result.text.length - shown.length, actions)
  }

  async #expand(ref) {
    const { trimtab } = this.#last
    const text = await trimtab.expand(ref)
    this.#session.flushSoon()
    this.#measured(trimtab)
    return text
  }

  #toggleAll() {
    const closed = chipsOf(this.#result, false)
    for (const chip of closed.length > 0 ? closed : chipsOf(this.#result, true)) chip.click()
    this.#expandAllLabel()
  }

  #expandAllLabel() {
    const closed = chipsOf(this.#result, false).length
    byId('expand-all').hidden = closed + chipsOf(this.#result, true).length === 0
    byId('expand-all').textContent = closed > 0 ? 'Expand all' : 'Close all'
  }

  async #copy() {
    const { messages, text } = this.#last.result
    await navigator.clipboard.writeText(messages ? JSON.stringify(messages, null, 2) : text)
    this.#note(messages ? 'The messages are copied as JSON.' : 'The text is copied.')
    byId('announcement').textContent = 'Copied.'
  }

  #empty() {
    this.#reset()
    this.#right()
    this.#result.replaceChildren(
      make('p', { class: 'empty', text: 'Paste a prompt to begin, or start from a sample.' }),
    )
    this.#note('')
  }

  #fail(error) {
    this.#reset()
    const code = error.code ?? 'internal'
    this.#right()
    if (code === 'budget_too_small') this.#budget.wrong(true)
    if (code === 'unknown_model') {
      this.#model.setAttribute('aria-invalid', 'true')
      byId('encoding').textContent = ''
    }
    this.#result.replaceChildren(troublePanel(error, this.#waysOn(), this.#session.model))
    this.#note('')
    byId('announcement').textContent = `${headingOf(code)}. ${error.message}`
  }

  /** Ways on from trouble, by the names that trouble.js gives them. */
  #waysOn() {
    return {
      retry: () => this.#runs.now(),
      reload: () => location.reload(),
      useMinimum: ({ minimum }) => {
        this.#budget.fix(minimum)
        this.#runs.now()
        byId('budget').focus()
      },
      useModel: () => {
        this.#model.value = this.#session.model
        this.#runs.now()
        this.#model.focus()
      },
      mendText: () => {
        this.#source.value = this.#source.value.toWellFormed()
        this.#runs.now()
        this.#source.focus()
      },
    }
  }

  #reset() {
    this.#last = undefined
    clearReadout()
    this.#marks.clear()
    this.#budget.kept(0)
    byId('omissions-count').textContent = '0'
    for (const id of ['omissions', 'steps']) byId(id).replaceChildren(make('p', { text: 'Nothing yet.' }))
    for (const id of ['tier-used', 'from-cache']) badge(id, '')
    byId('expand-all').hidden = true
    byId('copy').disabled = true
  }

  #right() {
    this.#budget.wrong(false)
    this.#model.removeAttribute('aria-invalid')
  }

  #note(text, wrong = false) {
    const note = byId('result-note')
    note.textContent = text
    note.classList.toggle('wrong', wrong)
    if (wrong) byId('announcement').textContent = text
  }

  #announce({ tokens, stats, omitted }, exact) {
    byId('announcement').textContent =
      `${count(tokens.after)} of ${plural(tokens.before, 'token')}, ${percent(stats.savings)} saved, ` +
      `${plural(omitted.length, 'place')} left out, ${exact ? 'the source comes back exactly' : 'the source does not come back'}.`
  }
}

function badge(id, text) {
  byId(id).hidden = text === ''
  byId(id).textContent = text
}
