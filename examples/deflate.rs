//! Compresses a file as raw deflate, as small as it gets: what travels inline is downloaded more often than it is built.
//!
//! `cargo run --release --example deflate -- FROM TO`
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs::{File, read};
use std::io::Write;

fn main() {
    let mut paths = std::env::args_os().skip(1);
    let usage = "usage: deflate FROM TO";
    let bytes = read(paths.next().expect(usage)).unwrap();
    let mut compressed = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Deflate, &bytes[..], &mut compressed).unwrap();
    File::create(paths.next().expect(usage)).unwrap().write_all(&compressed).unwrap();
}
