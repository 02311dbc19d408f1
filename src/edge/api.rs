//! Calls to the backend, which speaks Amazon Connect's own REST-JSON.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use connect_attached_files_core::call::{
    Answer, AnswerHeaders, Call, CallError, Operation, ServiceError, route,
};
use connect_attached_files_core::json::Json;
use connect_attached_files_core::resource::Resource;
use connect_attached_files_core::wire::ErrorBody;
use gloo_net::http::Response;
use js_sys::JSON;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use super::http::send;
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
            let mut headers = headers.read().await?;
            let body = call.body().map(|body| JSON::stringify(&json::to_js(&body)));
            let body = body.and_then(Result::ok).map(JsValue::from);
            if body.is_some() {
                headers.push(("content-type".to_owned(), "application/json".to_owned()));
            }
            let url = [endpoint.as_str(), &route.path].concat();
            let response = send(route.method.as_str(), &url, &headers, body, &signal).await;
            read(call.operation(), response.ok_or(CallError::NoAnswer)?).await
        })
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
