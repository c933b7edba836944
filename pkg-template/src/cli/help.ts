// What `--help` says.
export const help = `Usage: trimtab <command> [options]

  count [files]          tokens of each file or of standard input
  optimize [files]       a smaller text, by what matters to --query and within --budget
  stats                  what was spent, saved and cached since the first record
  report [hours]         the last hours for people (24): --format markdown, html or json
  top [n]                the n heaviest users, tasks, models and tags (10)
  effectiveness [hours]  tokens before and after, by form, tier and kind of content
  budget                 how much of --budget dollars or tokens is spent
  serve                  the dashboard, on this machine alone

Metrics come from --file (an export, or records as JSON lines), --store, or standard input.

  -m, --model NAME       what counts; in questions about metrics: only this model
  -q, --query TEXT       what the model will be asked
  -b, --budget N         the most tokens; for 'budget' the allowance
      --tier NAME        essential, standard, comprehensive or complete
  -f, --file FILE        metrics; may be given more than once, '-' is standard input
      --store FOLDER     where an instance keeps its state; 'optimize' records there
      --namespace NAME   the namespace in that folder
      --since, --until   a date, or a time ago such as 24h or 7d
      --user, --task, --tag NAME   only these records
      --by NAME          top: tokens, cost, saved or operations; stats: model, user, task, tag, tier, kind …
      --unit, --period   budget: dollars or tokens, month or day
      --check            budget: end with 3 when it is exceeded
      --format, -o FILE  report: how, and where to
      --port N           serve: 4173, or a free one
      --json             the same as one JSON object
  -h, --help             this;  -V, --version

Exit codes: 0 done, 1 failed, 2 wrong usage or input, 3 above the budget.
`
