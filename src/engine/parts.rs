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
        blocks: written.blocks.iter().map(|block| to_block(block, &written.text, shift)).collect(),
        text: head + &written.text,
    }
}

/// Instructions stay whole, and so does what the user asks last.
fn is_pinned(input: &Input, index: usize, source: &InputPart) -> bool {
    let instructs = matches!(source.role.as_deref(), Some("system" | "developer"));
    instructs || (input.shape == Shape::Messages && input.last_question() == Some(index))
}

fn to_block(block: &WrittenBlock, text: &str, shift: usize) -> Block {
    let lines = text.get(block.span.clone()).unwrap_or_default().trim_end().contains('\n');
    let kind = match block.kind {
        _ if block.form.is_some() && lines => BlockKind::Lines,
        _ if block.form.is_some() => BlockKind::Whole,
        Kind::Prose | Kind::Chat => BlockKind::Prose,
        Kind::Log | Kind::Table | Kind::Trace => BlockKind::Lines,
        _ => BlockKind::Whole,
    };
    Block { span: block.span.start + shift..block.span.end + shift, kind, head: block.head }
}
