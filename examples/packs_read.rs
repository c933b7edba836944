//! Times how long packs take to read: `cargo run --profile bench --example packs_read -- PACK...`
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

use std::time::Instant;

use trimtab::tokenizer::pack::Pack;

const TIMES: usize = 41;

fn main() {
    for path in std::env::args().skip(1) {
        let raw = std::fs::read(&path).expect("usage: packs_read PACK...");
        let mut times: Vec<f64> = (0..TIMES)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(Pack::read(&raw).unwrap());
                start.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        let first = times[0];
        times.sort_by(f64::total_cmp);
        println!("{path}: first {first:.2} ms, median {:.2} ms, least {:.2} ms", times[TIMES / 2], times[0]);
    }
}
