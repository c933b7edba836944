//! Writes the adversarial set with the ids that the reference gives it, for the tests of the built package.
//!
//! `cargo run --example adversarial -- FILE`
//!
//! Three groups, each opening with the number of its texts: the set, the code units alone, the megabytes. A text is its
//! length and its UTF-16 code units; then come its ids in each of `ENCODINGS`: 0 for those of the encoding before, 1
//! where there is no oracle, else the number of ids plus 2, and the ids. All numbers are LEB128.
#![allow(clippy::print_stdout, clippy::indexing_slicing, clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod texts;

use tiktoken_rs::CoreBPE;

/// The encodings, in the order of the file.
const ENCODINGS: [fn() -> CoreBPE; 5] = [
    || tiktoken_rs::o200k_base().unwrap(),
    || tiktoken_rs::o200k_harmony().unwrap(),
    || tiktoken_rs::cl100k_base().unwrap(),
    || tiktoken_rs::p50k_base().unwrap(),
    || tiktoken_rs::r50k_base().unwrap(),
];

fn main() {
    let path = std::env::args_os().nth(1).expect("usage: adversarial FILE");
    let oracles: Vec<CoreBPE> = ENCODINGS.iter().map(|load| load()).collect();
    let mut file = Vec::new();
    let set = texts::texts();
    write_group(&mut file, &set, &oracles);
    let units: Vec<_> = texts::units().collect();
    write_group(&mut file, &units, &oracles);
    write_megabytes(&mut file);
    println!("{} texts, {} code units, {} bytes", set.len(), units.len(), file.len());
    std::fs::write(path, file).unwrap();
}

fn write_group(file: &mut Vec<u8>, texts: &[Vec<u16>], oracles: &[CoreBPE]) {
    write_number(file, texts.len());
    for units in texts {
        let text = String::from_utf16_lossy(units);
        write_text(file, units);
        write_ids(file, oracles.iter().map(|oracle| Some(oracle.encode_ordinary(&text))));
    }
}

/// `tiktoken-rs` panics or takes minutes on these; `bpe-openai` does neither, and has no p50k and r50k.
fn write_megabytes(file: &mut Vec<u8>) {
    let texts = texts::megabytes();
    write_number(file, texts.len());
    for text in texts {
        write_text(file, &text.encode_utf16().collect::<Vec<u16>>());
        let o200k = bpe_openai::o200k_base().encode(text.as_str());
        let cl100k = bpe_openai::cl100k_base().encode(text.as_str());
        write_ids(file, [Some(o200k.clone()), Some(o200k), Some(cl100k), None, None].into_iter());
    }
}

fn write_text(file: &mut Vec<u8>, units: &[u16]) {
    write_number(file, units.len());
    units.iter().for_each(|unit| write_number(file, usize::from(*unit)));
}

fn write_ids(file: &mut Vec<u8>, encodings: impl Iterator<Item = Option<Vec<u32>>>) {
    let mut before = None;
    for ids in encodings {
        match &ids {
            None => file.push(1),
            Some(_) if before == Some(ids.clone()) => file.push(0),
            Some(ids) => {
                write_number(file, ids.len() + 2);
                ids.iter().for_each(|id| write_number(file, *id as usize));
            }
        }
        before = Some(ids);
    }
}

fn write_number(file: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        file.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    file.push(number as u8);
}
