//! The S3 listener: a layer before `s3s` (CORS, pre-signed URLs on the driven clock, lengths, idle bodies) and one
//! after it (S3's own errors). Requests signed in the Authorization header go to `s3s` as they are.

mod answer;
mod body;
pub(crate) mod bucket;
mod canonical;
mod cors;
mod error;
mod forward;
pub(crate) mod presign;
mod verify;

use std::sync::Arc;

use axum::body::Body;
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use hyper::body::Incoming;

use self::answer::Ids;
use self::body::Limits;
use self::canonical::Query;
use self::error::S3Error;
use self::verify::{Judge, Payload};
use crate::faults::Due;
use crate::info::BUCKET;
use crate::life;
use crate::link::Wire;
use crate::settings::Settings;
use crate::world::World;

/// S3's largest object in one PUT, bytes.
const LARGEST_PUT: u64 = 5 * 1024 * 1024 * 1024;

/// Answers one request to the bucket.
pub(crate) async fn serve(
    world: Arc<World>,
    request: Request<Incoming>,
    wire: Wire,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let operation = operation(&parts);
    let number = world.requests.arrived(operation, &parts);
    let name = file_name(&world, &parts);
    let due = world.faults.due(operation, name.as_deref());
    let settings = world.settings();

    world.clock.sleep(due.delay()).await;
    if due.reset() == Some(0) {
        return wire.reset().await;
    }
    if due.stall() == Some(Some(0)) {
        return std::future::pending().await;
    }
    let call = Call { world: &world, settings: &settings, due: &due, parts };
    let result = call.run(body, &wire).await;
    if due.lost_answer() {
        return wire.hang_up().await;
    }
    let error = result.as_ref().err().map(|e| e.code.clone());
    let answer = call.finish(result);
    world.requests.answered(number, answer.status().as_u16(), error.as_deref());
    answer
}

struct Call<'a> {
    world: &'a Arc<World>,
    settings: &'a Settings,
    due: &'a Due,
    parts: Parts,
}

impl Call<'_> {
    async fn run(&self, body: Incoming, wire: &Wire) -> Result<Response<Body>, S3Error> {
        if self.parts.method == Method::OPTIONS {
            return self.preflight();
        }
        if let Some(fault) = self.due.status() {
            let status = StatusCode::from_u16(fault.status).map_err(|_| S3Error::internal())?;
            let message = fault.message.unwrap_or_else(|| fault.code.clone());
            return Err(S3Error::new(status, &fault.code, &message));
        }
        if self.parts.method == Method::PUT {
            check_length(&self.parts)?;
        }
        // A verdict that is due may take an object away.
        life::settle(self.world).await.map_err(|_| S3Error::internal())?;
        let query = Query::parse(self.parts.uri.query().unwrap_or_default());
        let payload =
            if query.get("X-Amz-Signature").is_some() || query.get("X-Amz-Algorithm").is_some() {
                Some(verify::verify(&self.parts, &query, &self.judge())?)
            } else {
                None
            };
        self.forward(&query, payload, body, wire).await
    }

    fn judge(&self) -> Judge {
        Judge {
            now: self.world.clock.now() - self.due.skew(),
            early: self.settings.s3_early_tolerance_ms,
            unsigned_sha256: self.settings.s3_unsigned_sha256_allowed,
            expired: self.due.expired(),
        }
    }

    fn preflight(&self) -> Result<Response<Body>, S3Error> {
        if let Some(fault) = self.due.status() {
            let status = StatusCode::from_u16(fault.status).map_err(|_| S3Error::internal())?;
            return Err(S3Error::new(status, &fault.code, &fault.code));
        }
        if self.due.no_cors() {
            return Err(cors::refused("PUT"));
        }
        cors::preflight(self.settings, &self.parts.headers)
    }

    async fn forward(
        &self,
        query: &Query,
        payload: Option<Payload>,
        body: Incoming,
        wire: &Wire,
    ) -> Result<Response<Body>, S3Error> {
        let limits = Limits {
            idle_ms: self.settings.s3_idle_timeout_ms,
            bytes_per_second: self.settings.s3_bytes_per_second,
            reset_after: self.due.reset(),
            stall_after: self.due.stall(),
        };
        let outcome = body::Outcome::default();
        let watched =
            body::watch(body, Arc::clone(self.world), wire.clone(), limits, outcome.clone());
        let result = forward::forward(self.world, &self.parts, query, payload, watched).await;
        // How the body ended explains the error better than what `s3s` made of it.
        match outcome.broken() {
            Some(body::Broken::Short) => Err(S3Error::incomplete_body()),
            Some(body::Broken::Idle) => Err(S3Error::request_timeout()),
            None => result,
        }
    }

    fn finish(&self, result: Result<Response<Body>, S3Error>) -> Response<Body> {
        let ids = Ids::new();
        let head = self.parts.method == Method::HEAD;
        let failed = result.is_err();
        let mut answer = result.unwrap_or_else(|e| e.answer(&ids.request, &ids.host, head));
        answer::stamp(&mut answer, &ids, self.world.clock.now());
        if let Some(fault) = self.due.status() {
            answer::add_headers(&mut answer, &fault.headers);
        }
        let shown = !self.due.no_cors() && (!failed || self.settings.s3_cors_on_errors);
        if shown {
            cors::decorate(
                self.settings,
                &self.parts.headers,
                &self.parts.method,
                answer.headers_mut(),
            );
        }
        match self.due.short_body() {
            Some(bytes) => answer::cut_short(answer, bytes),
            None => answer,
        }
    }
}

/// S3 wants to know the length of a PUT before it looks at anything else.
fn check_length(parts: &Parts) -> Result<(), S3Error> {
    let length = parts
        .headers
        .get(http::header::CONTENT_LENGTH)
        .and_then(|v| v.to_str().ok()?.parse::<u64>().ok())
        .ok_or_else(S3Error::missing_length)?;
    if length > LARGEST_PUT {
        return Err(S3Error::too_large(length, LARGEST_PUT));
    }
    Ok(())
}

fn operation(parts: &Parts) -> &'static str {
    let on_object = object_key(parts).is_some();
    match parts.method.as_str() {
        "OPTIONS" => "Preflight",
        "PUT" if on_object => "PutObject",
        "GET" if on_object => "GetObject",
        "HEAD" if on_object => "HeadObject",
        "DELETE" if on_object => "DeleteObject",
        "GET" => "ListObjects",
        _ => "OtherS3",
    }
}

/// Whether the host itself names the bucket.
fn virtual_host(parts: &Parts) -> bool {
    let host = parts.headers.get(http::header::HOST);
    host.and_then(|h| h.to_str().ok()).is_some_and(|h| h.starts_with(&format!("{BUCKET}.")))
}

/// The key a request is about, as it stands in the path.
fn object_key(parts: &Parts) -> Option<&str> {
    let path = parts.uri.path().strip_prefix('/')?;
    let key = if virtual_host(parts) { path } else { path.split_once('/')?.1 };
    (!key.is_empty()).then_some(key)
}

fn file_name(world: &World, parts: &Parts) -> Option<String> {
    let files = world.files();
    files.by_key(object_key(parts)?).map(|r| r.name.clone())
}
