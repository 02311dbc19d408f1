//! A stateless signing gateway between the browser and Amazon Connect.
//!
//! It speaks Amazon Connect's own wire: seven operations, allow-listed in `routes`. Per request it finds out who is
//! calling ([`auth`]), asks whether this caller may touch this instance and this resource ([`policy`]), checks and
//! edits the body, signs with SigV4, forwards, and hands the service's answer back byte for byte. The bytes of files
//! never come this way, and AWS credentials never leave it.
//!
//! [`app`] is the whole of it as an axum router, for a server of your own or for AWS Lambda through `lambda_http`.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::get;

pub mod arn;
pub mod auth;
mod call;
pub mod config;
pub mod cors;
pub mod credentials;
pub mod endpoint;
mod error;
mod gateway;
mod log;
pub mod policy;
mod routes;
pub mod serve;
mod shape;
mod sign;
pub mod start;
mod upstream;

pub use gateway::{Gateway, NoClient, Parts};
pub use log::install as install_log;
pub use routes::{Operation, Service};

use error::{Dialect, GatewayError, RequestId};

const HEALTH: &str = "/healthz";

/// The gateway as a router: the seven operations, and `GET /healthz`.
///
/// `/healthz` is no operation of Connect and needs no authentication: load balancers ask it whether this process
/// serves. It touches nothing behind the gateway, for a service that is down is no reason to replace the gateway.
pub fn app(gateway: Gateway) -> Router {
    let gateway = Arc::new(gateway);
    let cors = gateway.origins().layer();
    routes::routes()
        .with_state(gateway)
        .route(HEALTH, get(async || "ok\n"))
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(cors)
        .layer(from_fn(log::record))
}

async fn unknown() -> Response {
    GatewayError::UnknownOperation.respond(Dialect::Files, RequestId::new())
}
