//! One line per request: method, route, status, request id, duration. Never a path, a query, a header or a body:
//! they hold case numbers, tokens and file names.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderValue;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::{SubscriberInitExt as _, TryInitError};

use crate::error::REQUEST_ID;

pub(crate) async fn record(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let request_id = response
        .headers()
        .get(REQUEST_ID)
        .map(HeaderValue::to_str)
        .and_then(Result::ok)
        .unwrap_or("-");
    let status = response.status().as_u16();
    let duration_ms = start.elapsed().as_millis();
    if route == crate::HEALTH {
        tracing::debug!(status, duration_ms, "health check");
    } else {
        tracing::info!(%method, route, status, request_id, duration_ms, "request");
    }
    response
}

/// Sends the log to stderr. `level` is for this crate's own lines; libraries are heard from warnings on only,
/// because their finer lines print URLs and signed headers.
///
/// # Errors
/// The process has a subscriber already.
pub fn install(level: LevelFilter) -> Result<(), TryInitError> {
    let targets = Targets::new()
        .with_default(level.min(LevelFilter::WARN))
        .with_target(env!("CARGO_CRATE_NAME"), level);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_target(false)
        .with_ansi(false);
    tracing_subscriber::registry().with(lines).with(targets).try_init()
}
