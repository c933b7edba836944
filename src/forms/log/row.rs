//! Rows before they are written.

/// One row, which may stand for several that are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row<'a> {
    /// The number of its statement, or [`ALONE`].
    pub(super) statement: usize,
    /// The line that it stands for, the first of them.
    pub(super) line: usize,
    pub(super) cells: Vec<Cell<'a>>,
    /// How often it stands here.
    pub(super) times: usize,
}

/// What a row says of one slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    /// Nothing: it is as expected.
    Expected,
    Value(&'a str),
    Ticks(i64),
    /// How much more it is than before.
    Change(i64),
}

/// The statement of a line that has no statement.
pub(super) const ALONE: usize = usize::MAX;

/// Makes one of rows that are the same three times or more.
pub(super) fn fold_runs(rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let mut run = 1;
    for row in rows {
        let same = out
            .last()
            .is_some_and(|last| last.statement == row.statement && row.statement != ALONE && last.cells == row.cells);
        run = if same { run + 1 } else { 1 };
        match (run, out.last_mut()) {
            (3, _) => {
                out.pop();
                if let Some(last) = out.last_mut() {
                    last.times = 3;
                }
            }
            (4.., Some(last)) => last.times += 1,
            _ => out.push(row),
        }
    }
    out
}
