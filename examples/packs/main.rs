//! Writes the vocabulary packs, made from `tiktoken-rs`, into a folder.
//!
//! `cargo run --release --example packs -- FOLDER`
#![allow(clippy::print_stdout, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

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
        let pack = make::pack_of(&load().unwrap());
        let packed = pack.write();
        println!("{name}: {} ranks, {} bytes", 256 + pack.pairs.len(), packed.len());
        std::fs::write(folder.join(format!("{name}.pack")), packed).unwrap();
    }
}
