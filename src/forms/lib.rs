//! Lossless forms: the same information in fewer tokens, each with its inverse.
//!
//! [`write`] gives every segment the form that costs the fewest tokens, counted, and leaves it as it is when none is
//! cheaper. [`restore`] undoes all of them from the text alone. A form is one file here and one line in [`FORMS`].

#![cfg_attr(test, allow(clippy::string_slice))] // a test that cuts a character should fail

mod cost;
mod counted;
mod diff;
mod escape;
mod id;
mod json;
mod lines;
mod log;
mod markup;
mod memory;
mod often;
mod repeat;
mod table;
mod whitespace;

use std::borrow::Cow;
use std::ops::Range;

use trimtab_content::{Kind, Segment};
use trimtab_error::{Error, ErrorKind, Result};
use trimtab_tokenizer::CountTokens;

pub use diff::Diff;
pub use escape::{OPENING, escape, unescape};
pub use id::Id;
pub use json::Json;
pub use lines::Lines;
pub use log::Log;
pub use markup::Markup;
pub use memory::{Asked, Choice, Memory, Nothing};
pub use repeat::Repeat;
pub use table::Table;
pub use whitespace::Whitespace;

/// Every form there is, in the order in which they are tried.
pub const FORMS: &[&dyn Form] = &[&Json, &Table, &Log, &Lines, &Diff, &Markup, &Whitespace, &Repeat, &Id];

/// What JSON as TOON is called in [`Step`]s; it is no [`Form`], because the source does not come back from it.
const TOON: &str = "toon";

/// Writes a segment in a cheaper way that can be undone.
///
/// A form sees neither the escaping nor the opening `[…name ` of its blocks: both are put on and taken off around it.
/// What it writes must tell where it ends, because other text may follow.
pub trait Form: Sync {
    /// The word that opens its blocks, in lower case.
    fn name(&self) -> &'static str;

    /// Whether it has anything to offer for this kind of segment.
    fn takes(&self, kind: Kind) -> bool;

    /// The ways in which `source` could be written; the caller counts them and takes the cheapest.
    fn write(&self, source: &str, ask: &Ask) -> Vec<Rewrite>;

    /// Undoes a block; `text` begins after the opening and goes on beyond the block.
    fn read(&self, text: &str, above: &mut Above) -> Result<Read>;
}

/// What was restored so far, for blocks that refer to it.
#[derive(Debug, Default)]
pub struct Above {
    text: String,
    /// Where the strings stand that have a number.
    named: Vec<Range<usize>>,
}

/// What is asked of the forms.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// Nothing of the result will be left out, so that a stretch may refer to one above it.
    pub all_stays: bool,
    /// Values that are said often may be named, though a reader has to look them up.
    pub dense: bool,
    /// The tokens of the text as it is, where they were counted already.
    pub counted: Option<usize>,
    /// JSON is written as [TOON](https://toonformat.dev), whatever it costs.
    pub toon: bool,
}

/// One way to write a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The block, without its opening and without an end of line.
    pub text: String,
    /// How many bytes of it are a header, without which its lines mean nothing.
    pub head: usize,
}

/// What a block stood for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The source.
    pub text: String,
    /// How many bytes the block took, its end of line included.
    pub used: usize,
}

/// A text in its cheapest lossless form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text; [`restore`] gives the source back.
    pub text: String,
    /// What it is made of, in order and without gaps.
    pub blocks: Vec<WrittenBlock>,
    /// The forms that were used, with what they saved.
    pub steps: Vec<Step>,
}

/// One segment of a written text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenBlock {
    /// Where it is in the written text, in bytes.
    pub span: Range<usize>,
    /// What the source was.
    pub kind: Kind,
    /// The form's name, or `None` when the segment is as it was.
    pub form: Option<&'static str>,
    /// The bytes at its start that must stay if any of its lines stays.
    pub head: usize,
}

/// What one form saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The form's name.
    pub form: &'static str,
    /// Tokens of the segments it took, as they were.
    pub before: usize,
    /// Tokens of the blocks it made of them.
    pub after: usize,
    /// How many segments it took.
    pub segments: usize,
}

/// Writes each of the `segments` of `text` in the form that costs the fewest tokens.
///
/// Source text that looks like a block or a marker of ours is [escaped](escape), wherever it is.
///
/// ```
/// use trimtab_content::segment;
/// use trimtab_forms::{Ask, restore, write};
/// use trimtab_tokenizer::CountTokens;
///
/// struct Bytes;
/// impl CountTokens for Bytes {
///     fn count(&self, text: &str) -> usize {
///         text.len()
///     }
/// }
///
/// let users: Vec<String> = (0..20).map(|id| format!("{{\n    \"user_id\": {id},\n    \"active\": true\n  }}")).collect();
/// let source = format!("The users:\n[\n  {}\n]", users.join(",\n  "));
/// let written = write(&source, &segment(&source), Ask::default(), &Bytes);
/// assert!(written.text.len() * 4 < source.len());
/// assert_eq!(restore(&written.text)?, source);
/// # Ok::<(), trimtab_error::Error>(())
/// ```
pub fn write(text: &str, segments: &[Segment], ask: Ask, tokens: &dyn CountTokens) -> Written {
    write_knowing(text, segments, ask, tokens, &Nothing)
}

/// Does what [`write`] does, and looks in `memory` first; what it does not know it is told.
pub fn write_knowing(
    text: &str,
    segments: &[Segment],
    ask: Ask,
    tokens: &dyn CountTokens,
    memory: &dyn Memory,
) -> Written {
    let written = Written { text: String::new(), blocks: Vec::new(), steps: Vec::new() };
    let mut writing = Writing { tokens, memory, written, ask, size: text.len(), refers: ask.all_stays };
    // Where nothing may refer to what is above, a segment stays whole: a file's declarations are told from all of it.
    let pieces = if ask.all_stays { repeat::split(text, segments) } else { repeat::whole(segments) };
    for piece in pieces {
        if ask.toon && piece.kind == Kind::Json && writing.toon(text, &piece.span) {
            continue;
        }
        writing.segment(text.get(piece.span).unwrap_or_default(), piece.kind, piece.repeat);
    }
    let named = if ask.all_stays { id::name_strings(&writing.written, tokens) } else { None };
    named.unwrap_or(writing.written)
}

struct Writing<'t> {
    tokens: &'t dyn CountTokens,
    memory: &'t dyn Memory,
    written: Written,
    ask: Ask,
    /// The bytes of the whole text.
    size: usize,
    /// Whether what stands above can be referred to: it stays, and comes back byte for byte.
    refers: bool,
}

impl Writing<'_> {
    fn segment(&mut self, source: &str, kind: Kind, repeat: Option<Rewrite>) {
        let start = self.written.text.len();
        let (form, head) = match self.chosen(source, kind, repeat.filter(|_| self.refers)) {
            Some(choice) => {
                self.written.text.push_str(&choice.block);
                self.note(choice.form, choice.before, choice.after);
                (Some(choice.form), choice.head)
            }
            None => {
                push_escaped(&mut self.written.text, source);
                (None, 0)
            }
        };
        let span = start..self.written.text.len();
        self.written.blocks.push(WrittenBlock { span, kind, form, head });
    }

    /// Writes JSON as TOON, on lines of its own; `false` where that can't be done.
    fn toon(&mut self, text: &str, span: &Range<usize>) -> bool {
        let source = text.get(span.clone()).unwrap_or_default();
        let Some(toon) = json::toon(source) else { return false };
        let out = &mut self.written.text;
        let start = out.len();
        if start > 0 && !out.ends_with('\n') {
            out.push('\n');
        }
        push_escaped(out, &toon);
        if text.get(span.end..).is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['\n', '\r'])) {
            out.push('\n');
        }
        let span = start..out.len();
        self.written.blocks.push(WrittenBlock { span, kind: Kind::Json, form: Some(TOON), head: 0 });
        self.note(TOON, self.tokens.count(source), self.tokens.count(&toon));
        self.refers = false;
        true
    }

    /// The cheapest form, remembered or found.
    fn chosen(&self, source: &str, kind: Kind, repeat: Option<Rewrite>) -> Option<Choice> {
        if repeat.is_some() {
            // What a repetition refers to is another in each text.
            return self.cheapest(source, kind, repeat);
        }
        let asked = Asked::new(source, kind, &self.ask);
        self.memory.recall(&asked).unwrap_or_else(|| {
            let choice = self.cheapest(source, kind, None);
            self.memory.keep(&asked, choice.as_ref());
            choice
        })
    }

    /// The cheapest form, or `None` when nothing is cheaper than the source.
    fn cheapest(&self, source: &str, kind: Kind, repeat: Option<Rewrite>) -> Option<Choice> {
        let rewrites = FORMS
            .iter()
            .filter(|form| form.takes(kind))
            .flat_map(|form| form.write(source, &self.ask).into_iter().map(|rewrite| (form.name(), rewrite)));
        let mut rewrites = repeat.map(|rewrite| (Repeat.name(), rewrite)).into_iter().chain(rewrites).peekable();
        rewrites.peek()?;
        let before = self.count(source);
        let mut best: Option<Choice> = None;
        for (form, rewrite) in rewrites {
            // A token less, because the text that follows may merge with the source's end and not with ours.
            let limit = best.as_ref().map_or(before, |best| best.after).checked_sub(2)?;
            let (block, head) = seal(form, &rewrite);
            // What is twice as long as the best is not counted: it has more tokens, or would have to be all spaces.
            if best.as_ref().is_some_and(|best| block.len() > 2 * best.block.len()) {
                continue;
            }
            if let Some(after) = self.tokens.count_up_to(&block, limit) {
                best = Some(Choice { form, block, head, before, after });
            }
        }
        best
    }

    /// The tokens of a segment as it would stand without a form.
    fn count(&self, source: &str) -> usize {
        match (escape(source), self.ask.counted) {
            (Cow::Borrowed(_), Some(counted)) if source.len() == self.size => counted,
            (escaped, _) => self.tokens.count(&escaped),
        }
    }

    fn note(&mut self, form: &'static str, before: usize, after: usize) {
        let steps = &mut self.written.steps;
        match steps.iter_mut().find(|step| step.form == form) {
            Some(step) => {
                step.before += before;
                step.after += after;
                step.segments += 1;
            }
            None => steps.push(Step { form, before, after, segments: 1 }),
        }
    }
}

/// Puts the opening and the end on a rewrite and escapes it between them.
fn seal(form: &str, rewrite: &Rewrite) -> (String, usize) {
    let prefix = format!("{OPENING}{form} ");
    let header = escape(rewrite.text.get(..rewrite.head).unwrap_or_default());
    let head = prefix.len() + header.len();
    let body = escape(rewrite.text.get(rewrite.head..).unwrap_or_default());
    (format!("{prefix}{header}{body}\n"), head)
}

/// Appends escaped source; an opening that would come about across the seam is escaped too.
fn push_escaped(out: &mut String, source: &str) {
    let dots = source.trim_start_matches('\\');
    let opens = dots.starts_with('…') && out.trim_end_matches('\\').ends_with('[');
    if opens {
        out.push('\\');
    }
    out.push_str(&escape(source));
}

/// Gives back the source of a text that [`write`] made, from the text alone.
///
/// Text without any block of ours comes back unescaped and otherwise as it is.
///
/// # Errors
/// [`ErrorKind::NotRestorable`] when a block was changed, or when a marker says that something was left out: what is
/// behind a marker is not in the text. Other text that happens to begin with `[…` is left alone.
pub fn restore(text: &str) -> Result<String> {
    let mut stretches = text.split(OPENING);
    let first = stretches.next().map(unescape).unwrap_or_default().into_owned();
    let mut above = Above { text: first, named: Vec::new() };
    for stretch in stretches {
        // What is inside of a block is escaped, so a block and the text after it reach to the next opening.
        let stretch = unescape(stretch);
        match read_block(&stretch, &mut above)? {
            Some(read) => {
                above.text.push_str(&read.text);
                above.text.push_str(stretch.get(read.used..).unwrap_or_default());
            }
            None => {
                above.text.push_str(OPENING);
                above.text.push_str(&stretch);
            }
        }
    }
    Ok(above.text)
}

/// Undoes the block whose opening was just taken off; `None` when it is no block of ours.
fn read_block(inside: &str, above: &mut Above) -> Result<Option<Read>> {
    if is_omission(inside) {
        return Err(Error::new(ErrorKind::NotRestorable, "a part of the text was left out: expand its marker first"));
    }
    for form in FORMS {
        if let Some(block) = inside.strip_prefix(form.name()).and_then(|rest| rest.strip_prefix(' ')) {
            let read = form.read(block, above)?;
            return Ok(Some(Read { used: read.used + inside.len() - block.len(), ..read }));
        }
    }
    Ok(None)
}

/// Whether a marker says here that so many tokens were left out.
fn is_omission(inside: &str) -> bool {
    let after = inside.trim_start_matches(|c: char| c.is_ascii_digit());
    after.len() < inside.len() && after.starts_with(" tokens")
}

/// The `n`th name of what a block declares: A to Z, then A1 and on.
fn letters(n: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
    if n < 26 { letter.to_string() } else { format!("{letter}{}", n / 26) }
}
