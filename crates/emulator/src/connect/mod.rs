//! The Connect listener: log, faults, signature, throttle, and then the operation.

mod batch;
mod complete;
mod delete;
mod describe;
mod disposition;
mod error;
mod get;
mod resource;
mod route;
mod rules;
mod search;
mod start;
mod upload_headers;
mod view;

use std::sync::Arc;

use axum::body::Body;
use http::request::Parts;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use serde_json::Value;
use uuid::Uuid;

use self::error::{Refusal, Service, set};
use self::route::Route;
use crate::clock::http_date;
use crate::faults::Due;
use crate::life;
use crate::link::Wire;
use crate::settings::Settings;
use crate::sigv4::{self, Unsigned};
use crate::world::World;

/// No body of these operations is near this size, bytes.
const LARGEST_BODY: usize = 1024 * 1024;

/// What an operation needs to answer.
pub(crate) struct Call<'a> {
    pub(crate) world: &'a World,
    pub(crate) settings: &'a Settings,
    pub(crate) due: &'a Due,
    pub(crate) parts: &'a Parts,
    pub(crate) body: &'a [u8],
}

/// A 200 with this body, or none.
pub(crate) type Reply = Result<Option<Value>, Refusal>;

impl Call<'_> {
    /// A query parameter, decoded.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let raw = self.parts.uri.query()?;
        let mut pairs = form_urlencoded::parse(raw.as_bytes());
        pairs.find(|(n, _)| n == name).map(|(_, value)| value.into_owned())
    }

    /// The body as JSON of the expected kinds; an empty one counts as `{}`.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self) -> Result<T, Refusal> {
        let bytes = if self.body.is_empty() { b"{}" } else { self.body };
        serde_json::from_slice(bytes).map_err(|e| Refusal::serialization(e.to_string()))
    }
}

/// Answers one call.
pub(crate) async fn serve(
    world: Arc<World>,
    request: Request<Incoming>,
    wire: Wire,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let route = Route::find(&parts.method, parts.uri.path());
    let operation = route.as_ref().map_or("Unknown", Route::operation);
    let service = route.as_ref().map_or(Service::Connect, Route::service);
    let number = world.requests.arrived(operation, &parts);
    let Ok(body) = Limited::new(body, LARGEST_BODY).collect().await else {
        return wire.hang_up().await;
    };
    let body = body.to_bytes();
    let name = file_name(&world, route.as_ref(), &body);
    let due = world.faults.due(operation, name.as_deref());
    let settings = world.settings();

    world.clock.sleep(due.delay()).await;
    if due.reset().is_some() {
        return wire.reset().await;
    }
    if due.stall().is_some() {
        return std::future::pending().await;
    }
    let call = Call { world: &world, settings: &settings, due: &due, parts: &parts, body: &body };
    let reply = run(&call, route).await;
    if due.lost_answer() {
        return wire.hang_up().await;
    }
    let error = reply.as_ref().err().map(|e| e.code.clone());
    let mut answer = match reply {
        Ok(reply) => success(reply),
        Err(refusal) => refusal.answer(service, settings.error_type),
    };
    let headers = answer.headers_mut();
    set(headers, "x-amzn-requestid", &Uuid::new_v4().to_string());
    set(headers, "date", &http_date(world.clock.now()));
    world.requests.answered(number, answer.status().as_u16(), error.as_deref());
    answer
}

async fn run(call: &Call<'_>, route: Option<Route>) -> Reply {
    if let Some(fault) = call.due.status() {
        return Err(Refusal::scripted(fault));
    }
    let Some(route) = route else {
        return Err(Refusal::new(
            StatusCode::NOT_FOUND,
            "UnknownOperationException",
            "No operation has this method and path.",
        ));
    };
    let (signing_name, burst) = match route.service() {
        Service::Connect => ("connect", call.settings.burst),
        Service::Cases => ("cases", call.settings.cases_burst),
    };
    let now = call.world.clock.now();
    sigv4::verify(call.parts, call.body, signing_name, now).map_err(unsigned)?;
    let per_second = call.settings.rate_per_second;
    let operation = route.operation();
    if call.settings.rate_limited && !call.world.rates.admit(operation, per_second, burst, now) {
        return Err(Refusal::throttled());
    }
    life::settle(call.world).await.map_err(|_| Refusal::internal())?;
    match route {
        Route::Start { instance } => start::start(call, &instance),
        Route::Batch { instance } => batch::batch(call, &instance),
        Route::Complete { instance, file } => complete::complete(call, &instance, &file).await,
        Route::Get { instance, file } => get::get(call, &instance, &file),
        Route::Delete { instance, file } => delete::delete(call, &instance, &file).await,
        Route::Describe { instance, scope } => describe::describe(call, &instance, &scope),
        Route::Search { domain, case } => search::search(call, &domain, &case),
    }
}

fn success(reply: Option<Value>) -> Response<Body> {
    let Some(value) = reply else {
        return Response::new(Body::empty());
    };
    let mut answer = Response::new(Body::from(value.to_string()));
    set(answer.headers_mut(), "content-type", "application/json");
    answer
}

/// What AWS's front door says to a call that is not signed by the account.
fn unsigned(why: Unsigned) -> Refusal {
    let refusal = |code: &str, message: &str| Refusal::new(StatusCode::FORBIDDEN, code, message);
    match why {
        Unsigned::Missing => {
            refusal("MissingAuthenticationTokenException", "Missing Authentication Token")
        }
        Unsigned::Incomplete(message) => refusal("IncompleteSignatureException", &message),
        Unsigned::UnknownKey => refusal(
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
        ),
        Unsigned::Scope(message) => refusal("InvalidSignatureException", &message),
        Unsigned::Mismatch => refusal(
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided.",
        ),
    }
}

fn file_name(world: &World, route: Option<&Route>, body: &[u8]) -> Option<String> {
    let route = route?;
    if let Route::Start { .. } = route {
        let body: Value = serde_json::from_slice(body).ok()?;
        return body.get("FileName")?.as_str().map(str::to_owned);
    }
    let files = world.files();
    files.get(route.file()?).map(|r| r.name.clone())
}
