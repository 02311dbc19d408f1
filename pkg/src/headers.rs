//! The host's `getHeaders`: a function, sync or async, that answers with a plain object.

use connect_attached_files::HeaderSource;
use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Headers read by calling `get_headers` before each call to the backend.
pub(crate) fn source(get_headers: Option<Function>) -> HeaderSource {
    let Some(get_headers) = get_headers else { return HeaderSource::default() };
    HeaderSource::new(move || {
        let get_headers = get_headers.clone();
        Box::pin(async move {
            let returned = get_headers.call0(&JsValue::NULL).ok()?;
            let headers = JsFuture::from(Promise::resolve(&returned)).await.ok()?;
            if headers.is_null_or_undefined() {
                return Some(Vec::new());
            }
            Some(entries(&headers))
        })
    })
}

fn entries(headers: &JsValue) -> Vec<(String, String)> {
    let Some(object) = headers.dyn_ref::<Object>() else { return Vec::new() };
    let entries = Object::entries(object);
    entries
        .iter()
        .filter_map(|entry| {
            let entry: Array = entry.dyn_into().ok()?;
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        })
        .collect()
}
