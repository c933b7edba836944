//! The state as bytes: four bytes of name and version, a fingerprint, and what the codec writes.

use super::series::{Series, fingerprint};
use crate::codec::{from_bytes, to_bytes};
use crate::error::{Error, ErrorKind, Result};

const MAGIC: &[u8; 4] = b"ttm1";

pub(super) fn write(series: &Series) -> Vec<u8> {
    let body = to_bytes(series);
    let mut bytes = Vec::with_capacity(body.len() + 12);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&fingerprint(&body).to_le_bytes());
    bytes.extend_from_slice(&body);
    bytes
}

pub(super) fn read(bytes: &[u8]) -> Result<Series> {
    let corrupt = |what: &str| Error::new(ErrorKind::CorruptRecord, format!("the stored metrics {what}"));
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| corrupt("are not of version 1"))?;
    let (sum, body) = rest.split_first_chunk::<8>().ok_or_else(|| corrupt("are cut off"))?;
    if u64::from_le_bytes(*sum) != fingerprint(body) {
        return Err(corrupt("are damaged: their fingerprint differs"));
    }
    from_bytes(body).ok_or_else(|| corrupt("have another shape than version 1"))
}
