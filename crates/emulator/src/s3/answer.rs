//! The last touches on an answer of S3.

use std::collections::BTreeMap;

use axum::body::Body;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::Response;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

use crate::clock::{Millis, http_date};
use crate::link::Wire;

/// The two ids every answer of S3 has.
pub(crate) struct Ids {
    pub(crate) request: String,
    pub(crate) host: String,
}

impl Ids {
    pub(crate) fn new() -> Self {
        let upper = Uuid::new_v4().simple().to_string().to_ascii_uppercase();
        Self {
            request: upper.chars().take(16).collect(),
            host: format!("{}{}=", Uuid::new_v4().simple(), Uuid::new_v4().simple()),
        }
    }
}

/// Ids, server name and the driven clock's date.
pub(crate) fn stamp(answer: &mut Response<Body>, ids: &Ids, now: Millis) {
    let headers = answer.headers_mut();
    set(headers, "x-amz-request-id", &ids.request);
    set(headers, "x-amz-id-2", &ids.host);
    set(headers, "server", "AmazonS3");
    set(headers, "date", &http_date(now));
}

/// Headers a scripted error asked for.
pub(crate) fn add_headers(answer: &mut Response<Body>, more: &BTreeMap<String, String>) {
    for (name, value) in more {
        set(answer.headers_mut(), name, value);
    }
}

fn set(headers: &mut HeaderMap, name: &str, value: &str) {
    let name = HeaderName::from_bytes(name.as_bytes());
    if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}

/// Keeps the announced length and breaks off after `bytes`, or after half of it.
pub(crate) fn cut_short(answer: Response<Body>, bytes: Option<u64>) -> Response<Body> {
    let length = answer
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|v| v.to_str().ok()?.parse::<u64>().ok())
        .unwrap_or(0);
    ending(answer, bytes.unwrap_or(length / 2), async {})
}

/// Keeps the announced length and resets the connection once `bytes` were sent.
pub(crate) fn reset_after(answer: Response<Body>, bytes: u64, wire: Wire) -> Response<Body> {
    ending(answer, bytes, async move { wire.reset().await })
}

/// The first `bytes` of an answer, then `end`, then the connection's end: hyper closes it when the body fails, so
/// the client sees fewer bytes than announced.
fn ending(
    answer: Response<Body>,
    bytes: u64,
    end: impl Future<Output = ()> + Send + 'static,
) -> Response<Body> {
    let (parts, body) = answer.into_parts();
    let mut left = usize::try_from(bytes).unwrap_or(usize::MAX);
    let start = body
        .into_data_stream()
        .map(move |chunk| {
            let chunk = chunk.map_err(std::io::Error::other)?;
            let kept = chunk.slice(..chunk.len().min(left));
            left -= kept.len();
            Ok(kept)
        })
        .take_while(|chunk| {
            let done = chunk.as_ref().is_ok_and(Bytes::is_empty);
            std::future::ready(!done)
        });
    let end = stream::once(async {
        // Lets hyper hand on what it has before the connection ends.
        tokio::task::yield_now().await;
        end.await;
        Err(std::io::Error::other("cut short"))
    });
    Response::from_parts(parts, Body::from_stream(start.chain(end)))
}
