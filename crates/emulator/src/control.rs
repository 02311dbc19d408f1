//! The control API tests drive the emulator with: loopback only, no authentication, CORS open.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use tower_http::cors::CorsLayer;

use crate::clock::iso;
use crate::faults::Rule;
use crate::files::{Record, Stage};
use crate::life;
use crate::s3::bucket::{FINAL, STAGING};
use crate::world::World;

type Shared = State<Arc<World>>;

/// The routes.
pub(crate) fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/state", get(state))
        .route("/objects", get(objects))
        .route("/requests", get(requests))
        .route("/clock", post(clock))
        .route("/settings", get(settings).patch(patch_settings))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/link", post(link))
        .route("/reset", post(reset))
        .layer(CorsLayer::very_permissive())
        .with_state(world)
}

/// Anything that goes wrong here, as text for a test's author.
struct Trouble(StatusCode, String);

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    }
}

async fn state(State(world): Shared) -> Result<Json<Value>, Trouble> {
    life::settle(&world).await?;
    let mut records: Vec<Record> = world.files().present().cloned().collect();
    records.sort_by_key(|r| r.number);
    let mut files = Vec::new();
    for record in records {
        let stored = world.bucket.size(&record.final_key).await.is_some();
        files.push(json!({
            "fileId": record.id,
            "fileName": record.name,
            "fileSizeInBytes": record.size,
            "status": status(&world, &record),
            "associatedResourceArn": record.resource,
            "tags": record.tags,
            "createdBy": record.created_by,
            "key": if stored { &record.final_key } else { &record.staging_key },
            "stored": stored,
            "creationTime": iso(record.created),
        }));
    }
    Ok(Json(json!({
        "now": world.clock.now(),
        "files": files,
        "calls": world.requests.counts(),
    })))
}

fn status(world: &World, record: &Record) -> String {
    match record.stage {
        Stage::Pending => world.settings().status_before_complete,
        Stage::Scanning { .. } => "PROCESSING".to_owned(),
        Stage::Approved => "APPROVED".to_owned(),
        Stage::Rejected => "REJECTED".to_owned(),
        Stage::Failed => "FAILED".to_owned(),
    }
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    staging: bool,
}

async fn objects(State(world): Shared, Query(which): Query<Which>) -> Result<Json<Value>, Trouble> {
    life::settle(&world).await?;
    let prefix = if which.staging { STAGING } else { FINAL };
    let objects = world.bucket.list(prefix).await?;
    let shown: Vec<Value> = objects
        .iter()
        .map(|object| {
            let header = |name: &str| {
                let value = object.headers.get(name)?;
                value.to_str().ok().map(str::to_owned)
            };
            json!({
                "key": object.key,
                "size": object.size,
                "sha256": object.sha256,
                "contentType": header("content-type"),
                "contentDisposition": header("content-disposition"),
            })
        })
        .collect();
    Ok(Json(Value::Array(shown)))
}

async fn requests(State(world): Shared) -> Json<Value> {
    Json(json!(world.requests.all()))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Advance {
    advance_ms: i64,
}

async fn clock(State(world): Shared, Json(by): Json<Advance>) -> Result<Json<Value>, Trouble> {
    world.clock.advance(by.advance_ms);
    life::settle(&world).await?;
    Ok(Json(json!({ "now": world.clock.now() })))
}

async fn settings(State(world): Shared) -> Json<Value> {
    Json(json!(world.settings()))
}

async fn patch_settings(
    State(world): Shared,
    Json(patch): Json<Value>,
) -> Result<Json<Value>, Trouble> {
    let patched = world.settings().patched(&patch);
    let patched = patched.map_err(|e| Trouble(StatusCode::BAD_REQUEST, e.to_string()))?;
    world.set_settings(patched.clone());
    Ok(Json(json!(patched)))
}

async fn faults(State(world): Shared) -> Json<Value> {
    Json(json!(world.faults.all()))
}

async fn add_fault(State(world): Shared, Json(rule): Json<Rule>) -> Json<Value> {
    Json(json!({ "id": world.faults.add(rule) }))
}

async fn clear_faults(State(world): Shared) -> Json<Value> {
    world.faults.clear();
    Json(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    up: bool,
}

async fn link(State(world): Shared, Json(link): Json<Link>) -> Json<Value> {
    world.link.set(link.up);
    Json(json!({ "up": link.up }))
}

async fn reset(State(world): Shared) -> Result<Json<Value>, Trouble> {
    world.reset().await?;
    Ok(Json(json!({})))
}
