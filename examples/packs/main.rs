//! Writes the vocabulary packs, made from `tiktoken-rs`, into a folder: `NAME.pack`, the full one, and
//! `NAME.count.pack`, both uncompressed.
//!
//! `cargo run --release --example packs -- FOLDER`
//!
//! With `--prove OVERLAP` it also merges, in both orders, the bytes of every pair of tokens that overlap in at least so
//! many bytes, with a merge loop that knows nothing of the proof:
//!
//! `cargo run --profile bench --example packs -- FOLDER --prove 1`
#![allow(clippy::print_stdout, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(missing_docs, unreachable_pub)]

mod make;
mod prove;

use std::path::PathBuf;

use tiktoken_rs::CoreBPE;

type Load = fn() -> Result<CoreBPE, Box<dyn std::error::Error>>;

const SOURCES: [(&str, Load); 4] = [
    ("o200k_base", || Ok(tiktoken_rs::o200k_base()?)),
    ("cl100k_base", || Ok(tiktoken_rs::cl100k_base()?)),
    ("p50k_base", || Ok(tiktoken_rs::p50k_base()?)),
    ("r50k_base", || Ok(tiktoken_rs::r50k_base()?)),
];

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let folder: PathBuf = arguments.next().expect("usage: packs FOLDER [--prove OVERLAP]").into();
    let overlap = arguments.nth(1).map(|overlap| overlap.to_str().and_then(|o| o.parse().ok()).expect("a number"));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, load) in SOURCES {
        let vocabulary = make::Vocabulary::of(&load().unwrap());
        let (full, count) = (vocabulary.full(), vocabulary.count());
        for (file, pack) in [(format!("{name}.pack"), &full), (format!("{name}.count.pack"), &count)] {
            println!("{file}: {} tokens, {} bytes", vocabulary.ids.len(), pack.len());
            std::fs::write(folder.join(file), pack).unwrap();
        }
        if let Some(overlap) = overlap {
            println!("{name}: {}", prove::merges_alike(&vocabulary, &count, overlap));
        }
    }
}
