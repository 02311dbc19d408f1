//! Calls to the backend, which speaks Amazon Connect's own REST-JSON.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use connect_attached_files_core::call::{
    Answer, AnswerHeaders, Call, CallError, Method, Operation, ServiceError, route,
};
use connect_attached_files_core::json::Json;
use connect_attached_files_core::resource::Resource;
use connect_attached_files_core::wire::ErrorBody;
use gloo_net::http::{RequestBuilder, Response};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, RequestCache};

use super::json;
use crate::config::HeaderSource;

/// A future of the one thread a page has.
pub(crate) type LocalFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// How calls reach Amazon Connect.
pub(crate) trait Transport {
    /// Makes one call. Aborted through `signal`.
    fn call(
        &self,
        resource: Arc<Resource>,
        call: Call,
        signal: AbortSignal,
    ) -> LocalFuture<Result<Answer, CallError>>;
}

/// Aborts what it was made for when dropped.
pub(crate) struct AbortOnDrop(AbortController);

impl AbortOnDrop {
    /// A controller of its own for one attempt.
    pub(crate) fn new() -> Option<Self> {
        AbortController::new().ok().map(Self)
    }

    /// The signal to hand over.
    pub(crate) fn signal(&self) -> AbortSignal {
        self.0.signal()
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        // Without a reason: gloo-net takes only `Error` objects for one.
        self.0.abort();
    }
}

/// HTTP to `{endpoint}`.
pub(crate) struct Http {
    /// Backend, without a slash at its end.
    pub(crate) endpoint: String,
    /// Headers of the host, for example its bearer token.
    pub(crate) headers: HeaderSource,
}

impl Transport for Http {
    fn call(
        &self,
        resource: Arc<Resource>,
        call: Call,
        signal: AbortSignal,
    ) -> LocalFuture<Result<Answer, CallError>> {
        let endpoint = self.endpoint.trim_end_matches('/').to_owned();
        let headers = self.headers.clone();
        Box::pin(async move {
            // The core asks for related items of cases only, so there is always a route.
            let route = route(&resource, &call).ok_or(CallError::NoAnswer)?;
            let mut request = RequestBuilder::new(&[endpoint.as_str(), &route.path].concat())
                .method(method(route.method))
                .cache(RequestCache::NoStore)
                .abort_signal(Some(&signal));
            for (name, value) in headers.read().await? {
                request = request.header(&name, &value);
            }
            let response = match call.body() {
                Some(body) => {
                    let json = js_sys::JSON::stringify(&json::to_js(&body));
                    let json = json.map_err(|_| CallError::NoAnswer)?;
                    request.header("content-type", "application/json").body(json)
                }
                None => request.build(),
            };
            let response = response.map_err(|_| CallError::NoAnswer)?.send().await;
            read(call.operation(), response.map_err(|_| CallError::NoAnswer)?).await
        })
    }
}

fn method(method: Method) -> gloo_net::http::Method {
    match method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Delete => gloo_net::http::Method::DELETE,
    }
}

async fn read(operation: Operation, response: Response) -> Result<Answer, CallError> {
    let status = response.status();
    if !response.ok() {
        let headers = response.headers();
        let headers = AnswerHeaders {
            error_type: headers.get("x-amzn-errortype"),
            request_id: headers.get("x-amzn-requestid"),
            retry_after: headers.get("retry-after"),
        };
        // A proxy between us may answer with anything; status and headers say enough.
        let body = ErrorBody::read(decode(response).await);
        return Err(CallError::Refused(ServiceError::read(status, headers, &body)));
    }
    let body = if Answer::has_body(operation) { decode(response).await } else { Json::Null };
    Answer::read(operation, body).ok_or(CallError::Unreadable { status })
}

/// Lets the browser parse the JSON. What is none reads as null.
async fn decode(response: Response) -> Json {
    let Ok(promise) = web_sys::Response::from(response).json() else { return Json::Null };
    json::from_js(&JsFuture::from(promise).await.unwrap_or_default())
}
