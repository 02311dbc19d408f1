//! One request by fetch, past every cache.

use gloo_net::http::{Request, Response};
use wasm_bindgen::JsValue;
use web_sys::{AbortSignal, RequestCache, RequestInit};

/// Sends it; `None` when there was no answer, or the browser refuses to send such a thing.
///
/// The request is made by the browser's own constructor: gloo's builder brings a kilobyte of formatting.
pub(crate) async fn send(
    method: &str,
    url: &str,
    headers: &[(String, String)],
    body: Option<JsValue>,
    signal: &AbortSignal,
) -> Option<Response> {
    let init = RequestInit::new();
    init.set_method(method);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(signal));
    if let Some(body) = body {
        init.set_body(&body);
    }
    let request = web_sys::Request::new_with_str_and_init(url, &init).ok()?;
    for (name, value) in headers {
        request.headers().set(name, value).ok()?;
    }
    Request::from(request).send().await.ok()
}
