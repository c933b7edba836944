#![no_main]

#[path = "../bodies/growing.rs"]
mod body;
#[path = "../../tests/differential/reference.rs"]
mod reference;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::check(data));
