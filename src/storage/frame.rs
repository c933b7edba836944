//! The envelope around every record: what it is, and whether it is whole.

use super::checksum::xxh32;
use crate::error::{Error, ErrorKind, Result};

const MAGIC: [u8; 4] = *b"TrT\x1A";
/// Goes up when the envelope changes; what is inside has versions of its own.
const VERSION: u8 = 1;

/// Puts `payload` into an envelope for `name`: magic, version, checksum (little-endian), payload.
///
/// The checksum covers the name too, so that a record which ended up under another name is noticed.
pub fn seal(name: &str, payload: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(payload.len() + 9);
    sealed.extend_from_slice(&MAGIC);
    sealed.push(VERSION);
    sealed.extend_from_slice(&checksum(name, payload).to_le_bytes());
    sealed.extend_from_slice(payload);
    sealed
}

/// Takes the payload out of the envelope.
///
/// # Errors
/// [`ErrorKind::CorruptRecord`] when the record is foreign, of another version, damaged, or another name's.
pub fn unseal<'a>(name: &str, sealed: &'a [u8]) -> Result<&'a [u8]> {
    let corrupt = |what: &str| Error::new(ErrorKind::CorruptRecord, format!("the record \"{name}\" {what}"));
    let Some(([m0, m1, m2, m3, version, c0, c1, c2, c3], payload)) = sealed.split_first_chunk::<9>() else {
        return Err(corrupt("is too short to be one of trimtab's"));
    };
    if [*m0, *m1, *m2, *m3] != MAGIC {
        return Err(corrupt("is not one of trimtab's"));
    }
    if *version != VERSION {
        return Err(corrupt(&format!("has format version {version}, and this build reads {VERSION}")));
    }
    if u32::from_le_bytes([*c0, *c1, *c2, *c3]) != checksum(name, payload) {
        return Err(corrupt("is damaged: its checksum differs"));
    }
    Ok(payload)
}

fn checksum(name: &str, payload: &[u8]) -> u32 {
    xxh32(payload, xxh32(name.as_bytes(), u32::from(VERSION)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_sealed_comes_back(name in ".{0,20}", payload: Vec<u8>) {
            let sealed = seal(&name, &payload);
            prop_assert_eq!(unseal(&name, &sealed), Ok(payload.as_slice()));
        }

        #[test]
        fn any_flipped_bit_is_noticed(payload: Vec<u8>, at: prop::sample::Index, bit in 0u32..8) {
            let mut sealed = seal("a", &payload);
            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;
            prop_assert_eq!(unseal("a", &sealed).unwrap_err().kind(), ErrorKind::CorruptRecord);
        }

        #[test]
        fn any_cut_is_noticed(payload: Vec<u8>, at: prop::sample::Index) {
            let sealed = seal("a", &payload);
            let cut = &sealed[..at.index(sealed.len())];
            prop_assert_eq!(unseal("a", cut).unwrap_err().kind(), ErrorKind::CorruptRecord);
        }
    }

    #[test]
    fn a_record_under_another_name_is_not_its_record() {
        assert!(unseal("b", &seal("a", b"1")).is_err());
    }

    #[test]
    fn a_later_version_is_named() {
        let mut sealed = seal("a", b"1");
        sealed[4] = 9;
        assert!(unseal("a", &sealed).unwrap_err().to_string().contains("version 9"));
    }
}
