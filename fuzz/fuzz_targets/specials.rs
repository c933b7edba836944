#![no_main]

#[path = "../bodies/specials.rs"]
mod body;
#[path = "../../tests/differential/reference.rs"]
mod reference;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::check(data));
