//! The last touches on an answer of S3.

use std::collections::BTreeMap;

use axum::body::Body;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::Response;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

use crate::clock::{Millis, http_date};

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
    let (parts, body) = answer.into_parts();
    let length = parts
        .headers
        .get(header::CONTENT_LENGTH)
        .and_then(|v| v.to_str().ok()?.parse::<u64>().ok())
        .unwrap_or(0);
    let mut left = usize::try_from(bytes.unwrap_or(length / 2)).unwrap_or(usize::MAX);
    let start = body.into_data_stream().scan((), move |(), chunk| {
        let kept = chunk.map(|chunk: Bytes| {
            let kept = chunk.slice(..chunk.len().min(left));
            left -= kept.len();
            kept
        });
        let done = kept.as_ref().is_ok_and(Bytes::is_empty);
        std::future::ready((!done).then_some(kept.map_err(std::io::Error::other)))
    });
    // An error in the body makes hyper close the connection: the client sees fewer bytes than announced.
    let end = stream::once(std::future::ready(Err(std::io::Error::other("cut short"))));
    Response::from_parts(parts, Body::from_stream(start.chain(end)))
}
