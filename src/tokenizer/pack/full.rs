//! The full pack: each token as the two tokens that merge into it.
//!
//! Every token of two bytes or more is the merge of two tokens with lower ids, so the pairs are the whole vocabulary.
//!
//! | bytes | what |
//! |---|---|
//! | 256 | the byte of each of the first 256 ids |
//! | 6 × (ids − 256) | planes: low, middle and high byte of the left parts, then of the right parts |
//!
//! Planes compress better than interleaved pairs (5% on `o200k_base`): high bytes repeat. An id without a token has
//! [`NONE`] on both sides.

use super::bytes::{Bytes, Text};
use super::{LONGEST_TOKEN, Pack, invalid};
use trimtab_error::Result;

pub(super) const KIND: u8 = 0;
/// The part of an id that has no token.
pub(super) const NONE: u32 = 0xff_ffff;
const PLANES: usize = 6;

pub(crate) fn read(body: &[u8]) -> Result<Pack> {
    let mut body = Bytes::new(body);
    let bytes: [u8; 256] = body.array("list of bytes")?;
    let planes = body.rest();
    let merges = planes.len() / PLANES;
    if merges * PLANES != planes.len() {
        return Err(invalid("its planes differ in length"));
    }
    let mut text = Text::with_capacity((bytes.len() + merges) * 7);
    let mut ends = Vec::with_capacity(bytes.len() + merges);
    text.append(&bytes, 0, bytes.len());
    ends.extend(1..=256);
    for (left, right) in pairs(planes, merges) {
        if (left, right) != (NONE, NONE) {
            append_parts(&mut text, &ends, left, right)?;
        }
        ends.push(text.len() as u32);
    }
    Ok(Pack { text: text.into_vec(), ends, ids: true })
}

fn pairs(planes: &[u8], merges: usize) -> impl Iterator<Item = (u32, u32)> {
    let plane = move |i: usize| planes.get(i * merges..(i + 1) * merges).unwrap_or_default();
    let side = move |first: usize| {
        let (low, middle, high) = (plane(first), plane(first + 1), plane(first + 2));
        low.iter().zip(middle).zip(high).map(|((l, m), h)| u32::from(*l) | u32::from(*m) << 8 | u32::from(*h) << 16)
    };
    side(0).zip(side(3))
}

fn append_parts(text: &mut Text, ends: &[u32], left: u32, right: u32) -> Result<()> {
    let start = text.len();
    for part in [left, right] {
        let from = part.checked_sub(1).map_or(Some(0), |before| ends.get(before as usize).copied());
        let (Some(from), Some(to)) = (from, ends.get(part as usize)) else { return Err(unmade(ends.len(), part)) };
        text.repeat(from as usize, (to - from) as usize);
    }
    if text.len() - start > LONGEST_TOKEN {
        return Err(invalid(&format!("the token {} is longer than {LONGEST_TOKEN} bytes", ends.len())));
    }
    Ok(())
}

#[cold]
fn unmade(id: usize, part: u32) -> trimtab_error::Error {
    invalid(&format!("the token {id} is made of {part}, which comes later"))
}
