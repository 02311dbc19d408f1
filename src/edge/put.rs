//! The PUT to S3.

use connect_attached_files_core::put::{PutEnd, PutHeaders, SourceState};
use connect_attached_files_core::redact::SecretUrl;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::File;

use super::watch::{Watch, callback};

#[wasm_bindgen(module = "/src/edge/put.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn put(
        url: &str,
        headers: Vec<String>,
        file: &File,
        is_typed: bool,
        size: f64,
        on_progress: &JsValue,
        on_end: &JsValue,
    ) -> Result<Function, JsValue>;
}

/// A PUT under way. Dropping it stops it, and no event comes after its end.
pub(crate) struct PutRequest(#[expect(dead_code, reason = "held for its drop")] Watch);

impl PutRequest {
    /// Sends `file` as it is: the browser streams it from disk and never copies it into this module.
    ///
    /// `on_end` is called once, unless the request is dropped before.
    ///
    /// # Errors
    /// When the browser refuses a header or the URL; nothing was sent then.
    pub(crate) fn send(
        url: &SecretUrl,
        headers: &PutHeaders,
        file: &File,
        picked_size: u64,
        on_progress: impl Fn(u64) + 'static,
        on_end: impl Fn(PutEnd) + 'static,
    ) -> Result<Self, JsValue> {
        let progress = callback(move |loaded, _| {
            on_progress(whole(&loaded));
            JsValue::UNDEFINED
        });
        let end = callback(move |status, answer| {
            on_end(match u16::try_from(whole(&status)) {
                Ok(0) | Err(_) => PutEnd::NoAnswer {
                    source: if answer.is_truthy() {
                        SourceState::Readable
                    } else {
                        SourceState::Unreadable
                    },
                },
                Ok(status) => {
                    PutEnd::Answered { status, body: answer.as_string().unwrap_or_default() }
                }
            });
            JsValue::UNDEFINED
        });
        let flat = headers.list.iter().flat_map(|(name, value)| [name.clone(), value.clone()]);
        #[expect(clippy::cast_precision_loss, reason = "a size is below 2^53")]
        let size = picked_size as f64;
        let (list, is_typed) = (flat.collect(), headers.has_content_type);
        let stop = put(url.expose(), list, file, is_typed, size, progress.as_ref(), end.as_ref())?;
        Ok(Self(Watch::new(stop, vec![progress, end])))
    }
}

/// A status or a number of bytes.
fn whole(number: &JsValue) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers below 2^53"
    )]
    let whole = number.as_f64().unwrap_or_default() as u64;
    whole
}
