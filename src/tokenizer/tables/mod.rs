//! Which tokens there are, by their bytes: one table for what fits into a key, one for what is longer.

mod filter;
mod key;
mod long;
mod short;

pub(crate) use filter::Filter;
pub(crate) use key::{Key, SHORT};
pub(crate) use long::{Long, Place, hash};
pub(crate) use short::Short;

/// No token: above every order.
pub(crate) const NONE: u32 = u32::MAX;

/// 2^64 over the golden ratio, and a relative: multiplying spreads what differs in low bits over the high ones.
pub(crate) const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
const SPREAD_MORE: u64 = 0xd6e8_feb8_6659_fd93;

/// How many slots, as a power of two, keep `entries` at most three quarters full.
fn bits_for(entries: usize) -> u32 {
    (entries + entries / 3 + 1).next_power_of_two().trailing_zeros()
}
