//! Writes the vocabulary packs, made from `tiktoken-rs`, into a folder: `NAME.pack`, the full one, and
//! `NAME.count.pack`, both uncompressed.
//!
//! `cargo run --release --example packs -- FOLDER`
#![allow(clippy::print_stdout, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(missing_docs, unreachable_pub)]

mod make;

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
    let folder: PathBuf = std::env::args_os().nth(1).expect("usage: packs FOLDER").into();
    std::fs::create_dir_all(&folder).unwrap();
    for (name, load) in SOURCES {
        let vocabulary = make::Vocabulary::of(&load().unwrap());
        for (file, pack) in
            [(format!("{name}.pack"), vocabulary.full()), (format!("{name}.count.pack"), vocabulary.count())]
        {
            println!("{file}: {} tokens, {} bytes", vocabulary.ids.len(), pack.len());
            std::fs::write(folder.join(file), pack).unwrap();
        }
    }
}
