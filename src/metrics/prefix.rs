//! What a provider's prefix cache would read of a prompt, by what was sent before.
//!
//! Providers keep the beginning of a prompt for some minutes, from about 1,024 tokens on and in steps of 128. Optimizing may
//! change a beginning that was cached, and the tokens that are left then cost more each. So both prompts are followed: as
//! they came, and as they went out. A token is taken for four bytes here, and the same prompt is sent once, in its order.

use hashbrown::HashMap;

/// How long a beginning is kept, in milliseconds: five minutes, which is the least that providers promise.
const KEPT: u64 = 300_000;
/// Bytes of the shortest beginning that is kept, and of a step: 1,024 and 128 tokens.
const LEAST: usize = 4_096;
const STEP: usize = 512;
/// Beginnings remembered: some hundred prompts of 100,000 tokens.
const MOST: usize = 65_536;

/// The beginnings of the prompts of the last minutes.
#[derive(Debug, Clone, Default)]
pub struct Prefixes {
    /// In whole milliseconds.
    until: HashMap<u64, u64>,
}

impl Prefixes {
    /// Says how many bytes of a prompt a cache would read, and remembers the prompt. `which` keeps kinds of prompts apart.
    pub fn read<'a>(&mut self, which: &str, texts: impl Iterator<Item = &'a str>, now: f64) -> usize {
        let now = now.max(0.0) as u64;
        self.forget(now);
        let (mut hash, mut length, mut read) = (fold(OFFSET, which.as_bytes()), 0, 0);
        let mut rest = Vec::new();
        for text in texts {
            rest.extend_from_slice(text.as_bytes());
            let whole = rest.len() - rest.len() % STEP;
            for step in rest.drain(..whole).collect::<Vec<u8>>().chunks(STEP) {
                hash = fold(hash, step);
                length += STEP;
                if length < LEAST {
                    continue;
                }
                // The hash is over all of the beginning: where it is known, so are the shorter ones.
                if self.until.insert(hash, now + KEPT).is_some_and(|until| until >= now) {
                    read = length;
                }
            }
        }
        read
    }

    fn forget(&mut self, now: u64) {
        if self.until.len() >= MOST {
            self.until.retain(|_, until| *until >= now);
        }
        if self.until.len() >= MOST {
            self.until.clear();
        }
    }
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// Eight bytes at a time: this stands before a request.
fn fold(hash: u64, bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(hash, |hash, bytes| {
        let word = bytes.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(prefixes: &mut Prefixes, text: &str, now: f64) -> usize {
        prefixes.read("m", std::iter::once(text), now)
    }

    #[test]
    fn a_beginning_is_read_as_far_as_it_is_the_same_for_five_minutes() {
        let mut prefixes = Prefixes::default();
        let long = "0123456789abcdef".repeat(1_000);
        assert_eq!(read(&mut prefixes, &long, 0.0), 0, "nothing was sent before");
        assert_eq!(read(&mut prefixes, &long, 1_000.0), 16_000 / STEP * STEP);
        let other = format!("{}!{}", &long[..10_000], &long[10_001..]);
        assert_eq!(read(&mut prefixes, &other, 2_000.0), 10_000 / STEP * STEP);
        assert_eq!(read(&mut prefixes, &format!("!{long}"), 3_000.0), 0);
        assert_eq!(read(&mut prefixes, &long, 1e9), 0, "it is forgotten");
        assert_eq!(prefixes.read("other", std::iter::once(long.as_str()), 1e9), 0, "another model has its own");
    }

    #[test]
    fn a_short_prompt_is_never_cached() {
        let mut prefixes = Prefixes::default();
        let short = "x".repeat(LEAST - 1);
        assert_eq!([0.0, 1.0].map(|now| read(&mut prefixes, &short, now)), [0, 0]);
    }

    #[test]
    fn parts_are_one_prompt_and_memory_is_bounded() {
        let mut prefixes = Prefixes::default();
        let text = "0123456789abcdef".repeat(600);
        read(&mut prefixes, &text, 0.0);
        assert_eq!(prefixes.read("m", [&text[..777], &text[777..]].into_iter(), 1.0), 9_600 / STEP * STEP);
        for number in 0..200_u64 {
            read(&mut prefixes, &format!("{number:016}").repeat(16_000), 2.0);
        }
        assert!(prefixes.until.len() <= MOST + 16 * 16_000 / STEP);
    }
}
