//! Under which key a result is kept: a 128-bit hash over all that it depends on.

use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher13};

use super::input::Input;
use crate::select::{Asker, Goal, Tier};

/// The key of `input`, brought to `goal` with `encoding` by this version of the package.
///
/// The goal and not the tier that was asked for: `auto` is not the same for two users, and neither is what goes first.
/// Two different requests share a key with a chance of 2^-128, so a key stands for its request.
pub(super) fn of(input: &Input, goal: Goal, interests: &[u64], encoding: &str) -> String {
    let mut hasher = SipHasher13::new();
    let mut text = |text: &str| {
        // The length first, so that no two lists of texts run together into one.
        hasher.write_u64(text.len() as u64);
        hasher.write(text.as_bytes());
    };
    text(env!("CARGO_PKG_VERSION"));
    text(encoding);
    text(input.shape.name());
    for part in &input.parts {
        for field in [Some(&part.text), part.title.as_ref(), part.role.as_ref()] {
            text(field.map_or("\u{0}none", String::as_str));
        }
    }
    interests.iter().for_each(|term| text(&term.to_string()));
    text("options");
    text(input.query.as_deref().unwrap_or("\u{0}none"));
    let (tiers, budget): (&[Tier], _) = match &goal {
        Goal::Budget(budget) => (&[], Some(*budget)),
        Goal::Tier(tier) => (std::slice::from_ref(tier), None),
        Goal::TierWithin(tier, budget) => (std::slice::from_ref(tier), Some(*budget)),
        Goal::Auto(asker) => (&asker.needed, None),
    };
    if let Goal::Auto(Asker { goes_over_all: true, .. }) = goal {
        text("all");
    }
    tiers.iter().for_each(|tier| text(tier.as_str()));
    text(&budget.map_or(String::new(), |budget| budget.to_string()));
    text(input.form.as_deref().unwrap_or(if input.dense { "dense" } else { "" }));
    for list in [&input.keep, &input.context] {
        text(&list.len().to_string());
        list.iter().for_each(|item| text(item));
    }
    let hash = hasher.finish128();
    format!("{:016x}{:016x}", hash.h1, hash.h2)
}
