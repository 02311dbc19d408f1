//! Between the host's plain objects and the crate's types. The shapes are those of `types.d.ts`.

use connect_attached_files::Config;
use connect_attached_files::core::error::Failure;
use connect_attached_files::core::event::HostEvent;
use connect_attached_files::core::item::ItemId;
use connect_attached_files::core::limits::{Limits, LimitsSource};
use connect_attached_files::core::phase::PhaseName;
use connect_attached_files::core::validate::Refusal;
use connect_attached_files::model::ItemView;
use connect_attached_files::runner::WidgetEvent;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct JsConfig {
    endpoint: String,
    instance_id: String,
    resource: String,
    max_files: Option<u32>,
    concurrency: Option<u32>,
}

/// Reads the settings.
pub(crate) fn config(value: JsValue) -> Result<Config, JsValue> {
    let config: JsConfig = serde_wasm_bindgen::from_value(value)
        .map_err(|error| tagged("invalid_config", &error.to_string()))?;
    Ok(Config {
        endpoint: config.endpoint,
        instance_id: config.instance_id,
        resource: config.resource,
        max_files: config.max_files.map(|most| most as usize),
        concurrency: config.concurrency.map(|most| most as usize),
    })
}

#[derive(Serialize)]
struct Tagged<'a> {
    code: &'a str,
    message: &'a str,
}

/// An error as the facade expects it.
pub(crate) fn tagged(code: &str, message: &str) -> JsValue {
    encode(&Tagged { code, message })
}

/// A row's number. What is no number of a row names none.
pub(crate) fn item_id(id: f64) -> ItemId {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, and no row has the number it saturates to"
    )]
    ItemId(id as u64)
}

/// Whether cancelling everything means this row too.
pub(crate) fn is_on_its_way(phase: PhaseName) -> bool {
    matches!(
        phase,
        PhaseName::Queued | PhaseName::Starting | PhaseName::Uploading | PhaseName::Completing
    )
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsItem<'a> {
    id: u64,
    name: &'a str,
    size: u64,
    phase: &'static str,
    hold: &'static str,
    stalled: bool,
    resource: &'a str,
    file_id: Option<&'a str>,
    created_at: Option<&'a str>,
    created_by: Option<&'a str>,
    sent: u64,
    percent: u8,
    bytes_per_second: Option<u64>,
    seconds_left: Option<u64>,
    error: Option<JsFailure<'a>>,
    refusals: Vec<JsRefusal<'a>>,
    is_local: bool,
    is_downloading: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_phase: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsFailure<'a> {
    stage: &'static str,
    code: &'static str,
    retryable: bool,
    status: Option<u16>,
    service_code: Option<&'a str>,
    request_id: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(tag = "rule", rename_all = "kebab-case", rename_all_fields = "camelCase")]
enum JsRefusal<'a> {
    Folder,
    Empty,
    TooLarge { max_bytes: u64 },
    Extension { extension: &'a str },
    NoExtension,
    NameTooLong { length: usize },
    NameCharacters { found: &'a [String] },
    TooMany { max_files: usize },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsLimits<'a> {
    max_bytes: u64,
    extensions: &'a [String],
    max_files: Option<usize>,
    source: &'static str,
}

#[derive(Serialize)]
struct JsIdle<'a> {
    items: Vec<JsItem<'a>>,
}

/// An event's name and detail.
pub(crate) fn event(event: &WidgetEvent) -> (&'static str, JsValue) {
    match event {
        WidgetEvent::Item { event, item } => {
            let previous_phase = match event {
                HostEvent::StatusChange(from) => Some(from.as_str()),
                _ => None,
            };
            (event.as_str(), encode(&JsItem { previous_phase, ..js_item(item) }))
        }
        WidgetEvent::QueueIdle(rows) => {
            ("queue-idle", encode(&JsIdle { items: rows.iter().map(js_item).collect() }))
        }
        WidgetEvent::LimitsChange(new) => ("limits-change", limits(new)),
    }
}

/// Rows as an array.
pub(crate) fn items(items: &[ItemView]) -> JsValue {
    encode(&items.iter().map(js_item).collect::<Vec<_>>())
}

/// Limits as an object.
pub(crate) fn limits(limits: &Limits) -> JsValue {
    encode(&JsLimits {
        max_bytes: limits.max_bytes,
        extensions: &limits.extensions,
        max_files: limits.max_files,
        source: match limits.source {
            LimitsSource::Awaited => "awaited",
            LimitsSource::Instance => "instance",
            LimitsSource::Defaults => "defaults",
        },
    })
}

fn js_item(item: &ItemView) -> JsItem<'_> {
    let progress = item.progress.as_ref();
    JsItem {
        id: item.id.0,
        name: &item.name,
        size: item.size,
        phase: item.phase.as_str(),
        hold: item.hold.as_str(),
        stalled: item.stalled,
        resource: &item.resource.arn,
        file_id: item.file_id.as_deref(),
        created_at: item.created_at.as_deref(),
        created_by: item.created_by.as_deref(),
        sent: progress.map_or(0, |progress| progress.sent()),
        percent: progress.map_or(0, |progress| progress.percent()),
        bytes_per_second: progress.and_then(|progress| progress.bytes_per_second()),
        seconds_left: progress.and_then(|progress| progress.seconds_left()),
        error: item.failure.as_ref().map(js_failure),
        refusals: item.refusals.iter().map(js_refusal).collect(),
        is_local: item.is_local,
        is_downloading: item.is_downloading,
        previous_phase: None,
    }
}

fn js_failure(failure: &Failure) -> JsFailure<'_> {
    JsFailure {
        stage: failure.stage.as_str(),
        code: failure.code.as_str(),
        retryable: failure.retryable,
        status: failure.status,
        service_code: failure.service_code.as_deref(),
        request_id: failure.request_id.as_deref(),
    }
}

fn js_refusal(refusal: &Refusal) -> JsRefusal<'_> {
    match refusal {
        Refusal::Folder => JsRefusal::Folder,
        Refusal::Empty => JsRefusal::Empty,
        Refusal::TooLarge { max_bytes } => JsRefusal::TooLarge { max_bytes: *max_bytes },
        Refusal::Extension { extension } => JsRefusal::Extension { extension },
        Refusal::NoExtension => JsRefusal::NoExtension,
        Refusal::NameTooLong { length } => JsRefusal::NameTooLong { length: *length },
        Refusal::NameCharacters { found } => JsRefusal::NameCharacters { found },
        Refusal::TooMany { max_files } => JsRefusal::TooMany { max_files: *max_files },
    }
}

/// Plain objects, so that a host can read, copy and print them.
fn encode(value: &impl Serialize) -> JsValue {
    // Serialising these shapes cannot fail: they hold texts, numbers and lists of them.
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}
