//! The state as bytes: four bytes of name and version, a fingerprint, and JSON.

use super::series::{Series, fingerprint};
use crate::error::{Error, ErrorKind, Result};

const MAGIC: &[u8; 4] = b"ttm1";

pub(super) fn write(series: &Series) -> Result<Vec<u8>> {
    let body = serde_json::to_vec(series)
        .map_err(|cause| Error::new(ErrorKind::CorruptRecord, format!("the metrics can't be written: {cause}")))?;
    let mut bytes = Vec::with_capacity(body.len() + 12);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&fingerprint(&body).to_le_bytes());
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

pub(super) fn read(bytes: &[u8]) -> Result<Series> {
    let corrupt = |what: &str| Error::new(ErrorKind::CorruptRecord, format!("the stored metrics {what}"));
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| corrupt("are not of version 1"))?;
    let (sum, body) = rest.split_first_chunk::<8>().ok_or_else(|| corrupt("are cut off"))?;
    if u64::from_le_bytes(*sum) != fingerprint(body) {
        return Err(corrupt("are damaged: their fingerprint differs"));
    }
    serde_json::from_slice(body).map_err(|_| corrupt("have another shape than version 1"))
}
