import { byId, make } from './dom.js'
import { count, milliseconds, plural } from './format.js'
import { table } from './table.js'

/** Shows why this tier, and each step and form with what it saved. */
export function showSteps(result) {
  const { steps, forms, reason, kept } = result.stats
  byId('steps').replaceChildren(
    make(
      'p',
      { class: 'reason' },
      make('strong', { text: result.tier }),
      ` – ${reason}. ${kept.of > 0 ? `${count(kept.units)} of ${plural(kept.of, 'unit')} kept.` : ''}`,
    ),
    ...(steps.length > 0
      ? [
          table(
            'Steps',
            ['Step', 'Tokens saved', 'Time'],
            steps.map(({ step, saved, ms }) => [step, count(saved), milliseconds(ms)]),
          ),
        ]
      : []),
    ...(forms.length > 0
      ? [
          table(
            'Lossless forms',
            ['Form', 'Before', 'After'],
            forms.map(({ form, before, after }) => [form, count(before), count(after)]),
          ),
        ]
      : []),
  )
}
