//! Any bytes as a text and as a block: a form gives back what it wrote, and refuses what it did not write.

use trimtab::content::{Kind, Segment};
use trimtab::forms::{Above, Ask, FORMS, restore, write};
use trimtab::tokenizer::CountTokens;

/// Counts bytes, and blocks as nothing: so that every form is taken wherever it can be.
struct Eager;

impl CountTokens for Eager {
    fn count(&self, text: &str) -> usize {
        if text.starts_with("[…") { 0 } else { 1_000 + text.len() }
    }
}

const KINDS: [Kind; 9] =
    [Kind::Prose, Kind::Code, Kind::Json, Kind::Table, Kind::Log, Kind::Diff, Kind::Trace, Kind::Html, Kind::Chat];

pub(crate) fn check(name: &str, data: &[u8]) {
    let text = &*String::from_utf8_lossy(data);
    let form = FORMS.iter().find(|form| form.name() == name).unwrap();
    let _ = form.read(text, &mut Above::default());
    let _ = restore(&format!("{text}[…{name} {text}"));
    for all_stays in [false, true] {
        for rewrite in form.write(text, &Ask { all_stays, ..Ask::default() }) {
            let followed = format!("{}\nand more", rewrite.text);
            let read = form.read(&followed, &mut Above::default()).unwrap();
            assert_eq!(followed.get(read.used..), Some("and more"), "{followed:?}");
            assert_eq!(read.text, text, "{followed:?}");
        }
    }
    // Said twice, for the forms that look at a whole text.
    let twice = format!("{text}{text}");
    for kind in KINDS.into_iter().filter(|kind| form.takes(*kind) || !KINDS.iter().any(|kind| form.takes(*kind))) {
        let cut = [0..text.len(), text.len()..twice.len()].map(|span| Segment { span, kind });
        let written = write(&twice, &cut, Ask { all_stays: true, ..Ask::default() }, &Eager);
        assert_eq!(restore(&written.text).unwrap(), twice, "{}", written.text);
    }
}
