//! SHA-256 by the browser's own cryptography: nothing is copied into this module.

use connect_attached_files_core::checksum::ChecksumEnd;
use js_sys::Array;
use web_sys::Blob;

use crate::extras::{Extra, Extras};

/// Reads a file or a download for its checksum.
pub(crate) async fn sha256(extras: &Extras, blob: &Blob) -> ChecksumEnd {
    let digest = extras.call(Extra::Sha256, &Array::of1(blob)).await;
    match digest.as_ref().and_then(|digest| digest.as_string()) {
        Some(digest) => ChecksumEnd::Done(digest),
        None if digest.is_some_and(|digest| digest.is_null()) => ChecksumEnd::Unreadable,
        None => ChecksumEnd::Unsupported,
    }
}
