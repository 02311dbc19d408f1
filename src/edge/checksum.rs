//! SHA-256 by the browser's own cryptography: nothing is copied into this module.

use connect_attached_files_core::checksum::ChecksumEnd;
use wasm_bindgen::prelude::*;
use web_sys::Blob;

#[wasm_bindgen(module = "/src/edge/checksum.js")]
extern "C" {
    #[wasm_bindgen(js_name = sha256)]
    async fn digest(blob: &Blob) -> JsValue;
}

/// Reads a file or a download for its checksum.
pub(crate) async fn sha256(blob: &Blob) -> ChecksumEnd {
    let digest = digest(blob).await;
    match digest.as_string() {
        Some(digest) => ChecksumEnd::Done(digest),
        None if digest.is_null() => ChecksumEnd::Unreadable,
        None => ChecksumEnd::Unsupported,
    }
}
