//! The host's `getHeaders`: a function, sync or async, that answers with a plain object.

use connect_attached_files::HeaderSource;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::convert::texts;

/// Headers read by calling `get_headers` before each call to the backend.
pub(crate) fn source(get_headers: Option<Function>) -> HeaderSource {
    let Some(get_headers) = get_headers else { return HeaderSource::default() };
    HeaderSource::new(move || {
        let get_headers = get_headers.clone();
        Box::pin(async move {
            let returned = get_headers.call0(&JsValue::NULL).ok()?;
            let headers = JsFuture::from(Promise::resolve(&returned)).await.ok()?;
            Some(texts(&headers))
        })
    })
}
