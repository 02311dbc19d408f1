//! The PUT to S3 over XMLHttpRequest: upload progress exists nowhere else.

use std::cell::Cell;
use std::rc::Rc;

use connect_attached_files_core::put::{PutEnd, PutHeaders};
use connect_attached_files_core::redact::SecretUrl;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File, ProgressEvent, XmlHttpRequest};

use super::files::{probe, size};

/// A PUT under way. Dropping it takes off the handlers first and aborts then, so that no event
/// comes after its end.
pub(crate) struct PutRequest {
    xhr: XmlHttpRequest,
    _progress: Closure<dyn FnMut(ProgressEvent)>,
    _loadend: Closure<dyn FnMut()>,
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
        mut on_progress: impl FnMut(u64) + 'static,
        on_end: impl FnOnce(PutEnd) + 'static,
    ) -> Result<Self, JsValue> {
        let xhr = XmlHttpRequest::new()?;
        xhr.open("PUT", url.expose())?;
        for (name, value) in &headers.list {
            xhr.set_request_header(name, value)?;
        }
        let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a byte count is a whole number below 2^53"
            )]
            on_progress(event.loaded() as u64);
        });
        let loadend = {
            let (xhr, file, ended) = (xhr.clone(), file.clone(), Rc::new(Cell::new(false)));
            let mut on_end = Some(on_end);
            Closure::<dyn FnMut()>::new(move || {
                let Some(on_end) = on_end.take().filter(|_| !ended.replace(true)) else { return };
                let status = xhr.status().unwrap_or(0);
                if status != 0 {
                    let body = xhr.response_text().ok().flatten().unwrap_or_default();
                    return on_end(PutEnd::Answered { status, body });
                }
                let file = file.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    let source = probe(&file, picked_size).await;
                    on_end(PutEnd::NoAnswer { source });
                });
            })
        };
        let (upload, on_progress) = (xhr.upload()?, Some(progress.as_ref().unchecked_ref()));
        upload.set_onprogress(on_progress);
        // Tells of the last byte too where a browser leaves that progress out.
        upload.set_onload(on_progress);
        xhr.set_onloadend(Some(loadend.as_ref().unchecked_ref()));
        xhr.send_with_opt_blob(Some(&body(file, headers)?))?;
        Ok(Self { xhr, _progress: progress, _loadend: loadend })
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
        self.xhr.set_onloadend(None);
        if let Ok(upload) = self.xhr.upload() {
            upload.set_onprogress(None);
            upload.set_onload(None);
        }
        // Aborting a request that has ended is allowed and does nothing.
        let _ = self.xhr.abort();
    }
}
