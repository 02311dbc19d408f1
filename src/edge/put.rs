//! The PUT to S3 over XMLHttpRequest: upload progress exists nowhere else.

use connect_attached_files_core::put::{PutEnd, PutHeaders};
use connect_attached_files_core::redact::SecretUrl;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Event, File, ProgressEvent, XmlHttpRequest};

use super::env::Listener;
use super::files::{probe, size};

use super::task::spawn;

/// A PUT under way. Dropping it takes off the handlers first and aborts then, so that no event
/// comes after its end.
pub(crate) struct PutRequest {
    xhr: XmlHttpRequest,
    listeners: Option<[Listener; 3]>,
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
        on_progress: impl Fn(u64) + Clone + 'static,
        on_end: impl FnOnce(PutEnd) + 'static,
    ) -> Result<Self, JsValue> {
        let xhr = XmlHttpRequest::new()?;
        xhr.open("PUT", url.expose())?;
        for (name, value) in &headers.list {
            xhr.set_request_header(name, value)?;
        }
        let progressed = move |event: Event| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a byte count is a whole number below 2^53"
            )]
            on_progress(event.unchecked_into::<ProgressEvent>().loaded() as u64);
        };
        let ended = {
            let (xhr, file) = (xhr.clone(), file.clone());
            let mut on_end = Some(on_end);
            move |_| {
                let Some(on_end) = on_end.take() else { return };
                let status = xhr.status().unwrap_or(0);
                if status != 0 {
                    let body = xhr.response_text().ok().flatten().unwrap_or_default();
                    return on_end(PutEnd::Answered { status, body });
                }
                let file = file.clone();
                spawn(async move {
                    let source = probe(&file, picked_size).await;
                    on_end(PutEnd::NoAnswer { source });
                });
            }
        };
        let upload = xhr.upload()?;
        let listeners = [
            Listener::new(&upload, "progress", progressed.clone()),
            // Tells of the last byte too where a browser leaves that progress out.
            Listener::new(&upload, "load", progressed),
            Listener::new(&xhr, "loadend", ended),
        ];
        xhr.send_with_opt_blob(Some(&body(file, headers)?))?;
        Ok(Self { xhr, listeners: Some(listeners) })
    }
}

/// The file itself where the signed headers name a type; else a slice of it without a type, or the
/// browser would add a Content-Type of its own.
fn body(file: &File, headers: &PutHeaders) -> Result<Blob, JsValue> {
    if headers.has_content_type {
        return Ok(file.clone().into());
    }
    #[expect(clippy::cast_precision_loss, reason = "a size is below 2^53")]
    file.slice_with_f64_and_f64_and_content_type(0.0, size(file) as f64, "")
}

impl Drop for PutRequest {
    fn drop(&mut self) {
        drop(self.listeners.take());
        // Aborting a request that has ended is allowed and does nothing.
        let _ = self.xhr.abort();
    }
}
