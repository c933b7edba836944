//! From written texts to the parts that are selected from.

use super::input::{Input, InputPart, Shape};
use crate::content::Kind;
use crate::forms::{self, Written, WrittenBlock};
use crate::select::{Block, BlockKind, Part};

/// The part of `input` at `index`, after the lossless forms.
pub(super) fn part(input: &Input, index: usize, source: &InputPart, written: Written) -> Part {
    let title = source.title.as_ref().map(|title| forms::escape(title));
    let head = title.as_ref().map_or(String::new(), |title| format!("{title}\n"));
    let shift = head.len();
    Part {
        title: title.map(|title| 0..title.len()),
        label: source.label(),
        pinned: is_pinned(input, index, source),
        blocks: blocks(&written, shift),
        text: head + &written.text,
    }
}

/// Instructions stay whole, and so does what the user asks last.
fn is_pinned(input: &Input, index: usize, source: &InputPart) -> bool {
    let instructs = matches!(source.role.as_deref(), Some("system" | "developer"));
    instructs || (input.shape == Shape::Messages && input.last_question() == Some(index))
}

/// The written blocks as they are cut. The forms part a stretch that stands twice from what is around it; where it is
/// written as it was, it is one with that again.
fn blocks(written: &Written, shift: usize) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(written.blocks.len());
    let mut plain = false;
    for block in &written.blocks {
        let next = to_block(block, &written.text, shift);
        let fenced = written.text.get(block.span.clone()).is_some_and(|text| text.starts_with(['`', '~']));
        let goes_on = plain && block.form.is_none() && !fenced;
        match blocks.last_mut() {
            Some(last) if goes_on && last.kind == next.kind && last.span.end == next.span.start => {
                last.span.end = next.span.end;
            }
            _ => blocks.push(next),
        }
        plain = block.form.is_none();
    }
    blocks
}

fn to_block(block: &WrittenBlock, text: &str, shift: usize) -> Block {
    let lines = text.get(block.span.clone()).unwrap_or_default().trim_end().contains('\n');
    let kind = match (block.form, block.kind) {
        // A form that leaves the lines as they are.
        (None | Some("whitespace"), kind) => kind_of(kind),
        (Some("log"), _) => BlockKind::Outline(Kind::Log),
        (Some("json" | "table"), _) if lines => BlockKind::Outline(Kind::Table),
        (Some(_), _) if lines => BlockKind::Lines,
        (Some(_), _) => BlockKind::Whole,
    };
    Block { span: block.span.start + shift..block.span.end + shift, kind, head: block.head }
}

const fn kind_of(kind: Kind) -> BlockKind {
    match kind {
        Kind::Prose | Kind::Chat => BlockKind::Prose,
        Kind::Table | Kind::Code | Kind::Diff | Kind::Html | Kind::Log | Kind::Trace => BlockKind::Outline(kind),
        _ => BlockKind::Whole,
    }
}
