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
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use http_body::Body as _;
use http_body_util::BodyExt;
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
use crate::settings::{ChunkedPut, Settings};
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
    // A GET has no body to count: its reset counts the answer's, its stall comes at once.
    let sends_body = parts.method == Method::PUT && !body.is_end_stream();
    let downloads = parts.method == Method::GET;
    if due.reset().is_some_and(|after| after == 0 || !(sends_body || downloads)) {
        return wire.reset().await;
    }
    if due.stall().is_some_and(|after| after == Some(0) || !sends_body) {
        return std::future::pending().await;
    }
    let call = Call { world: &world, settings: &settings, due: &due, parts };
    let result = call.run(body, &wire).await;
    if due.lost_answer() {
        return wire.hang_up().await;
    }
    let error = result.as_ref().err().map(|e| e.code.clone());
    let mut answer = call.finish(result);
    world.requests.answered(number, answer.status().as_u16(), error.as_deref());
    if downloads && let Some(after) = due.reset() {
        answer = answer::reset_after(answer, after, wire);
    }
    if let Some(bytes) = due.short_body() {
        answer = answer::cut_short(answer, bytes);
    }
    answer
}

struct Call<'a> {
    world: &'a Arc<World>,
    settings: &'a Settings,
    due: &'a Due,
    parts: Parts,
}

/// A request that `s3s` may have.
struct Admitted {
    query: Query,
    /// What a pre-signed URL says about the body; `None` when there is no such URL to judge.
    payload: Option<Payload>,
}

impl Call<'_> {
    async fn run(&self, body: Incoming, wire: &Wire) -> Result<Response<Body>, S3Error> {
        if self.parts.method == Method::OPTIONS {
            return self.preflight();
        }
        let outcome = body::Outcome::default();
        let world = Arc::clone(self.world);
        let watched = (!body.is_end_stream())
            .then(|| body::watch(body, world, wire.clone(), self.limits(), outcome.clone()));
        match self.admit().await {
            Ok(Admitted { query, payload }) => {
                let result =
                    forward::forward(self.world, &self.parts, &query, payload, watched).await;
                // How the body ended explains an error better than what `s3s` made of it.
                match outcome.broken() {
                    Some(body::Broken::Short) => Err(S3Error::incomplete_body()),
                    Some(body::Broken::Idle) => Err(S3Error::request_timeout()),
                    None => result,
                }
            }
            Err(refusal) => {
                // Answering over an unread body would reset the connection, and the client might never see why.
                // A body that breaks off meanwhile changes nothing about the refusal.
                if let Some(watched) = watched {
                    let _ = watched.collect().await;
                }
                Err(refusal)
            }
        }
    }

    fn preflight(&self) -> Result<Response<Body>, S3Error> {
        self.scripted()?;
        if self.due.no_cors() {
            return Err(cors::refused(self.settings, "PUT"));
        }
        cors::preflight(self.settings, &self.parts.headers)
    }

    /// Everything S3 finds out before it reads the body.
    async fn admit(&self) -> Result<Admitted, S3Error> {
        self.scripted()?;
        if self.parts.method == Method::PUT {
            check_length(&self.parts, self.settings.s3_chunked_put)?;
        }
        // A verdict that is due may take an object away.
        life::settle(self.world).await.map_err(|_| S3Error::internal())?;
        let query = Query::parse(self.parts.uri.query().unwrap_or_default());
        let presigned = ["X-Amz-Signature", "X-Amz-Algorithm", "X-Amz-Credential"]
            .iter()
            .any(|name| query.get(name).is_some());
        let payload = if presigned {
            Some(verify::verify(&self.parts, &query, &self.judge())?)
        } else {
            None
        };
        Ok(Admitted { query, payload })
    }

    fn scripted(&self) -> Result<(), S3Error> {
        let Some(fault) = self.due.status() else {
            return Ok(());
        };
        let status = StatusCode::from_u16(fault.status).map_err(|_| S3Error::internal())?;
        let message = fault.message.unwrap_or_else(|| fault.code.clone());
        Err(S3Error::new(status, &fault.code, &message))
    }

    fn judge(&self) -> Judge {
        Judge {
            now: self.world.clock.now() - self.due.skew(),
            early: self.settings.s3_early_tolerance_ms,
            unsigned_sha256: self.settings.s3_unsigned_sha256_allowed,
            expired: self.due.expired(),
        }
    }

    fn limits(&self) -> Limits {
        Limits {
            idle_ms: self.settings.s3_idle_timeout_ms,
            bytes_per_second: self.settings.s3_bytes_per_second,
            reset_after: self.due.reset(),
            stall_after: self.due.stall(),
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
        if !self.due.no_cors() && (!failed || self.settings.s3_cors_on_errors) {
            let (request, method) = (&self.parts.headers, &self.parts.method);
            cors::decorate(self.settings, request, method, answer.headers_mut());
        }
        answer
    }
}

/// S3 wants to know the length of a PUT before it looks at anything else.
fn check_length(parts: &Parts, chunked: ChunkedPut) -> Result<(), S3Error> {
    let is_chunked = parts.headers.contains_key(TRANSFER_ENCODING);
    if is_chunked && chunked == ChunkedPut::NotImplemented {
        return Err(S3Error::header_not_implemented("Transfer-Encoding"));
    }
    let length = parts
        .headers
        .get(CONTENT_LENGTH)
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
