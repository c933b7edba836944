//! What the proof in `docs/TOKENIZER.md` asks of a vocabulary and of an order, over every token and every pair of tokens
//! that may compete. It panics, so that a wrong pack is never written.

use std::collections::HashMap;

use super::{Vocabulary, naive};

/// Condition 1 of the ids: parts come before the whole. That every token is what merging makes of its bytes was seen
/// when it was split.
pub(super) fn is_sound(tokens: &[Vec<u8>], splits: &Vec<Option<(u32, u32)>>) {
    for (id, (token, split)) in (0..).zip(tokens.iter().zip(splits)) {
        match split {
            Some((left, right)) => assert!(*left < id && *right < id, "{id} comes before one of its parts"),
            None => assert_eq!(token.len(), usize::from(!token.is_empty()), "{id} has no parts"),
        }
    }
}

/// Conditions 1 to 3 of the order `position`.
pub(super) fn merges_alike(vocabulary: &Vocabulary, position: &[u32]) {
    for (id, (left, right)) in vocabulary.merges() {
        assert!(position[left] < position[id] && position[right] < position[id], "{id} comes before one of its parts");
    }
    has_the_same_trees(vocabulary, position);
    competitors_keep_their_order(vocabulary, position);
}

/// Condition 2: each token is merged from the same two parts, and so, all the way down, by the same tree.
fn has_the_same_trees(vocabulary: &Vocabulary, position: &[u32]) {
    let ordered: HashMap<&[u8], u32> =
        vocabulary.ids.iter().map(|(token, id)| (&token[..], position[*id as usize])).collect();
    let order = |bytes: &[u8]| ordered.get(bytes).copied();
    for (id, (left, _)) in vocabulary.merges() {
        let middle = naive::split(&vocabulary.tokens[id], &order);
        assert_eq!(middle, Some(vocabulary.tokens[left].len()), "{id} is split elsewhere");
    }
}

/// Condition 3: for every token, those that have it as their right part and those that have it as their left part are in
/// the same order as their ids. One pass over the ids in place of all pairs: whatever comes later by id has to come
/// after the last of its competitors so far.
fn competitors_keep_their_order(vocabulary: &Vocabulary, position: &[u32]) {
    let mut last_as_left = vec![0; position.len()];
    let mut last_as_right = vec![0; position.len()];
    for (id, (left, right)) in vocabulary.merges() {
        let position = position[id];
        assert!(position > last_as_right[left], "{id} overtakes a token that has {left} as its right part");
        assert!(position > last_as_left[right], "{id} overtakes a token that has {right} as its left part");
        last_as_left[left] = last_as_left[left].max(position);
        last_as_right[right] = last_as_right[right].max(position);
    }
}
