//! The adversarial set, natively: where this passes and the built package fails, wasm32 is the difference.

use std::collections::HashSet;

use crate::reference::is_equal_in_all_encodings;
use crate::texts;

#[test]
fn every_text_of_the_adversarial_set_has_the_reference_ids() {
    let set = texts::texts();
    assert_eq!(set.len(), texts::COUNT);
    assert_eq!(set.iter().collect::<HashSet<_>>().len(), texts::COUNT, "each text is there once");
    for text in set {
        is_equal_in_all_encodings(&String::from_utf16_lossy(&text));
    }
}

#[test]
fn every_code_unit_alone_has_the_reference_ids() {
    for text in texts::units() {
        is_equal_in_all_encodings(&String::from_utf16_lossy(&text));
    }
}
