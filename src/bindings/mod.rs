//! The only room that knows JavaScript's shape of things. It forwards, and decides nothing.

#![allow(unreachable_pub)] // what wasm-bindgen exports is reached from JavaScript alone

mod clock;
mod core;
mod flat;
mod json;
mod ledger;

mod set_options;
mod store;
mod values;
