//! SHA-256 by the browser's own cryptography: no code of ours to load, and nothing is copied into this
//! module. The browser takes the bytes in one piece, so a file is held once in the page's memory while
//! it is read; Connect's largest file has 100 MB.

use connect_attached_files_core::checksum::ChecksumEnd;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// Reads a file or a download for its checksum.
pub(crate) async fn sha256(blob: &Blob) -> ChecksumEnd {
    let Ok(bytes) = JsFuture::from(blob.array_buffer()).await else {
        return ChecksumEnd::Unreadable;
    };
    match digest(&ArrayBuffer::from(bytes)).await {
        Some(digest) => ChecksumEnd::Done(hexadecimal(&digest)),
        None => ChecksumEnd::Unsupported,
    }
}

async fn digest(bytes: &ArrayBuffer) -> Option<Vec<u8>> {
    let crypto = web_sys::window()?.crypto().ok()?;
    // Outside of secure contexts there is no `subtle`, and the call throws.
    let promise = crypto.subtle().digest_with_str_and_buffer_source("SHA-256", bytes).ok()?;
    Some(Uint8Array::new(&JsFuture::from(promise).await.ok()?).to_vec())
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
