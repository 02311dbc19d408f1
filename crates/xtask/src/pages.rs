//! The static server behind the demo and the browser tests: pages and package on an origin of their own.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Context, Result};
use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::Value;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::{paths, site};

/// Listens on loopback: on `port` when it is free, else on any; 0 asks for any.
pub(crate) async fn listen(port: u16) -> Result<(TcpListener, String)> {
    let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = match TcpListener::bind(at(port)).await {
        Ok(listener) => listener,
        Err(_) => TcpListener::bind(at(0)).await.context("no port of 127.0.0.1 can be opened")?,
    };
    let origin = format!("http://{}", listener.local_addr()?);
    Ok((listener, origin))
}

/// `www/` at the root, the package under `/pkg/`, the trunk demo under `/trunk/` once its tests have laid it out, and what the page should know at `/demo.json`.
pub(crate) fn app(demo: Option<Value>) -> Router {
    let files = Router::new()
        .nest_service("/pkg", ServeDir::new(paths::dist()))
        .nest_service("/trunk", ServeDir::new(site::folder()))
        .fallback_service(ServeDir::new(paths::root().join("www")));
    let files = match demo {
        Some(demo) => {
            files.route("/demo.json", get(async move || axum::Json(demo).into_response()))
        }
        None => files,
    };
    // A page that was rebuilt must not come out of the browser's cache.
    files
        .layer(fixed(header::CACHE_CONTROL, "no-cache"))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
}

fn fixed(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

/// `cargo xtask pages`: serves until it is ended.
pub(crate) fn serve(port: u16, json: bool, demo: Option<Value>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (listener, origin) = listen(port).await?;
        if json {
            println!("{}", serde_json::json!({ "origin": origin }));
        } else {
            crate::step::say("pages", &origin);
        }
        axum::serve(listener, app(demo)).await?;
        Ok(())
    })
}
