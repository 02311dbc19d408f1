//! The PUT to S3.

use connect_attached_files_core::put::{PutEnd, PutHeaders, SourceState};
use connect_attached_files_core::redact::SecretUrl;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::File;

#[wasm_bindgen(module = "/src/edge/put.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn put(
        url: &str,
        headers: Vec<String>,
        file: &File,
        is_typed: bool,
        size: f64,
        on_progress: &Closure<dyn FnMut(f64)>,
        on_end: &Closure<dyn FnMut(u16, String, bool)>,
    ) -> Result<Function, JsValue>;
}

/// A PUT under way. Dropping it stops it, and no event comes after its end.
pub(crate) struct PutRequest {
    stop: Function,
    _progress: Closure<dyn FnMut(f64)>,
    _end: Closure<dyn FnMut(u16, String, bool)>,
}

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
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a byte count is a whole number below 2^53"
        )]
        let progress = Closure::new(move |loaded: f64| on_progress(loaded as u64));
        let end = Closure::new(move |status, body, is_readable| {
            let source = if is_readable { SourceState::Readable } else { SourceState::Unreadable };
            on_end(match status {
                0 => PutEnd::NoAnswer { source },
                _ => PutEnd::Answered { status, body },
            });
        });
        let flat = headers.list.iter().flat_map(|(name, value)| [name.clone(), value.clone()]);
        #[expect(clippy::cast_precision_loss, reason = "a size is below 2^53")]
        let size = picked_size as f64;
        let (list, is_typed) = (flat.collect(), headers.has_content_type);
        let stop = put(url.expose(), list, file, is_typed, size, &progress, &end)?;
        Ok(Self { stop, _progress: progress, _end: end })
    }
}

impl Drop for PutRequest {
    fn drop(&mut self) {
        // It does not throw.
        let _ = self.stop.call0(&JsValue::NULL);
    }
}
