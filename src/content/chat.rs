//! Transcripts: turns that begin with who speaks.

use hashbrown::HashMap;

use super::lines::{lines, runs};
use super::{Kind, Segment};

/// The longest name of a speaker, in characters.
const NAME: usize = 32;

/// Finds runs of turns whose speakers come again.
pub(super) fn detect(text: &str) -> Vec<Segment> {
    let mut turns: HashMap<&str, usize> = HashMap::new();
    for (_, line) in lines(text) {
        if let Some(name) = speaker(line) {
            *turns.entry(name).or_default() += 1;
        }
    }
    turns.retain(|_, count| *count > 1);
    if turns.len() < 2 {
        return Vec::new();
    }
    runs(text, Kind::Chat, 4, |line| match speaker(line) {
        Some(name) if turns.contains_key(name) => Some(true),
        _ => Some(false),
    })
}

/// The name before a line's first colon, when it can be one.
fn speaker(line: &str) -> Option<&str> {
    let (name, said) = line.split_once(':')?;
    let first = name.chars().next()?;
    let named = name.chars().count() <= NAME && name.split(' ').count() <= 4 && !name.ends_with(' ');
    let sounds = name.chars().all(|c| c.is_alphanumeric() || " .'_-()#".contains(c));
    (named && sounds && (first.is_uppercase() || is_role(name) || !first.is_ascii()) && said.starts_with(' '))
        .then_some(name)
}

fn is_role(name: &str) -> bool {
    ["user", "assistant", "system", "tool", "human", "ai", "bot"].contains(&name)
}
