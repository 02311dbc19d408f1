//! Download: fetch, check, hand over. The URL is used once and kept nowhere.

use connect_attached_files_core::checksum::ChecksumEnd;
use connect_attached_files_core::download::FetchEnd;
use connect_attached_files_core::redact::SecretUrl;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob};

use super::checksum::sha256;
use super::http::send;
use crate::extras::Extras;

/// Fetches a file past every cache and compares status, length and checksum with what Connect says.
/// Where the page cannot make checksums, the length has to do.
pub(crate) async fn fetch(
    url: SecretUrl,
    size: u64,
    checksum: Option<String>,
    extras: Extras,
    signal: AbortSignal,
) -> Result<Blob, FetchEnd> {
    let response = send("GET", url.expose(), &[], None, &signal).await;
    let Some(response) = response else { return Err(FetchEnd::NoAnswer) };
    if !response.ok() {
        let body = response.text().await.unwrap_or_default();
        return Err(FetchEnd::Refused { status: response.status(), body });
    }
    let blob = web_sys::Response::from(response).blob();
    let Ok(promise) = blob else { return Err(FetchEnd::NoAnswer) };
    // A connection that breaks in the middle of the body rejects here.
    let Ok(blob) = JsFuture::from(promise).await else { return Err(FetchEnd::NoAnswer) };
    let blob: Blob = blob.unchecked_into();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is a whole number below 2^53"
    )]
    let got = blob.size() as u64;
    if got != size {
        return Err(FetchEnd::WrongLength { got });
    }
    if let Some(checksum) = checksum
        && let ChecksumEnd::Done(found) = sha256(&extras, &blob).await
        && !found.eq_ignore_ascii_case(&checksum)
    {
        return Err(FetchEnd::Changed);
    }
    Ok(blob)
}

#[wasm_bindgen(module = "/src/edge/save.js")]
extern "C" {
    #[wasm_bindgen(js_name = save)]
    fn click(blob: &Blob, name: &str) -> bool;
}

/// Saves a file as the browser saves downloads.
pub(crate) fn save(blob: &Blob, name: &str) -> FetchEnd {
    if click(blob, name) { FetchEnd::Saved } else { FetchEnd::SaveBlocked }
}
