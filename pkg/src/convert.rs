//! Between the host's plain objects and the crate's types. The shapes are those of `types.d.ts`.

use connect_attached_files::Config;
use connect_attached_files::config::Mode;
use connect_attached_files::core::duplicates::Duplicates;
use connect_attached_files::core::error::Failure;
use connect_attached_files::core::event::HostEvent;
use connect_attached_files::core::item::ItemId;
use connect_attached_files::core::json::Json;
use connect_attached_files::core::limits::{Limits, LimitsSource};
use connect_attached_files::core::phase::PhaseName;
use connect_attached_files::core::progress::Progress;
use connect_attached_files::core::validate::Refusal;
use connect_attached_files::core::warning::Warning;
use connect_attached_files::json::{from_js, to_js};
use connect_attached_files::model::ItemView;
use connect_attached_files::runner::WidgetEvent;
use wasm_bindgen::prelude::*;

/// Reads the settings; what is missing or of another type counts as not given.
pub(crate) fn config(value: &JsValue) -> Config {
    let mut config = from_js(value);
    let mut text = |name| config.take_text(name).unwrap_or_default();
    let (endpoint, instance_id, resource) =
        (text("endpoint"), text("instanceId"), text("resource"));
    let mut count = |name| usize::try_from(config.take_number(name)?).ok();
    let (max_files, concurrency) = (count("maxFiles"), count("concurrency"));
    let max_total_bytes = config.take_number("maxTotalBytes");
    let mut text = |name| config.take_text(name).unwrap_or_default();
    let (capture, density, duplicates) = (text("capture"), text("density"), text("duplicates"));
    let checksum_tag = config.take_text("checksumTag");
    let duplicates = match duplicates.as_str() {
        "skip" => Duplicates::Skip,
        "rename" => Duplicates::Rename,
        _ => Duplicates::Allow,
    };
    let manual_start = config.take("manualStart") == Json::Bool(true);
    let mode = match (config.take("disabled"), config.take("readOnly")) {
        (Json::Bool(true), _) => Mode::Disabled,
        (_, Json::Bool(true)) => Mode::ReadOnly,
        _ => Mode::Normal,
    };
    let tags = pairs(config.take("tags"));
    Config {
        endpoint,
        instance_id,
        resource,
        max_files,
        concurrency,
        checksum_tag,
        max_total_bytes,
        duplicates,
        manual_start,
        mode,
        capture,
        density,
        tags,
    }
}

/// A plain object of texts.
pub(crate) fn texts(value: &JsValue) -> Vec<(String, String)> {
    pairs(from_js(value))
}

/// A list of texts.
pub(crate) fn list(value: &JsValue) -> Vec<String> {
    let Json::List(list) = from_js(value) else { return Vec::new() };
    let text = |value| match value {
        Json::Text(text) => text,
        _ => String::new(),
    };
    list.into_iter().map(text).collect()
}

fn pairs(value: Json) -> Vec<(String, String)> {
    value.into_texts().into_iter().collect()
}

/// An error as the facade expects it.
pub(crate) fn tagged(code: &str, message: &str) -> JsValue {
    to_js(&Json::object([("code", code.into()), ("message", message.into())]))
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

/// An event's name and detail.
pub(crate) fn event(event: &WidgetEvent) -> (&'static str, JsValue) {
    match event {
        WidgetEvent::Item { event, item } => {
            let mut detail = js_item(item);
            if let (HostEvent::StatusChange(from), Json::Object(members)) = (event, &mut detail) {
                members.insert("previousPhase".to_owned(), from.as_str().into());
            }
            (event.as_str(), to_js(&detail))
        }
        WidgetEvent::RowGone(id) => ("row-gone", to_js(&Json::object([("id", id.0.into())]))),
        WidgetEvent::QueueIdle(rows) => {
            ("queue-idle", to_js(&Json::object([("items", rows.iter().map(js_item).collect())])))
        }
        WidgetEvent::ApprovalChange(all) => {
            ("approval-change", to_js(&Json::object([("allApproved", (*all).into())])))
        }
        WidgetEvent::LimitsChange(new) => ("limits-change", limits(new)),
    }
}

/// Rows as an array.
pub(crate) fn items(items: &[ItemView]) -> JsValue {
    to_js(&items.iter().map(js_item).collect())
}

/// Limits as an object.
pub(crate) fn limits(limits: &Limits) -> JsValue {
    let source = match limits.source {
        LimitsSource::Awaited => "awaited",
        LimitsSource::Instance => "instance",
        LimitsSource::Defaults => "defaults",
    };
    to_js(&object(vec![
        ("maxBytes", limits.max_bytes.into()),
        ("extensions", limits.extensions.iter().map(String::as_str).collect()),
        ("maxFiles", limits.max_files.map(|most| most as u64).into()),
        ("maxTotalBytes", limits.max_total_bytes.into()),
        ("source", source.into()),
    ]))
}

fn js_item(item: &ItemView) -> Json {
    let progress = item.progress.as_ref();
    let (sent, percent) = match item.phase {
        PhaseName::Completing | PhaseName::Scanning | PhaseName::Approved => (item.size, 100),
        _ => (progress.map_or(0, Progress::sent), progress.map_or(0, |p| p.percent().into())),
    };
    object(vec![
        ("id", item.id.0.into()),
        ("name", item.name.as_str().into()),
        ("originalName", item.original_name.as_deref().into()),
        ("warnings", item.warnings.iter().map(js_warning).collect()),
        ("size", item.size.into()),
        ("phase", item.phase.as_str().into()),
        ("hold", item.hold.as_str().into()),
        ("stalled", item.stalled.into()),
        ("resource", item.resource.arn.as_str().into()),
        ("fileId", item.file_id.as_deref().into()),
        ("createdAt", item.created_at.as_deref().into()),
        ("createdBy", item.created_by.as_deref().into()),
        ("sent", sent.into()),
        ("percent", percent.into()),
        ("bytesPerSecond", progress.and_then(Progress::bytes_per_second).into()),
        ("secondsLeft", progress.and_then(Progress::seconds_left).into()),
        ("error", item.failure.as_ref().map(js_failure).into()),
        ("refusals", item.refusals.iter().map(js_refusal).collect()),
        ("isLocal", item.is_local.into()),
        ("isDownloading", item.is_downloading.into()),
    ])
}

fn js_failure(failure: &Failure) -> Json {
    object(vec![
        ("stage", failure.stage.as_str().into()),
        ("code", failure.code.as_str().into()),
        ("retryable", failure.retryable.into()),
        ("status", failure.status.map(u64::from).into()),
        ("serviceCode", failure.service_code.as_deref().into()),
        ("requestId", failure.request_id.as_deref().into()),
    ])
}

fn js_warning(warning: &Warning) -> Json {
    let (kind, detail) = match warning {
        Warning::Duplicate => ("duplicate", None),
        Warning::DoubleExtension => ("double-extension", None),
        Warning::Content { found } => ("content", Some(("found", found.as_str().into()))),
    };
    object([("kind", kind.into())].into_iter().chain(detail).collect())
}

fn js_refusal(refusal: &Refusal) -> Json {
    let (rule, detail) = match refusal {
        Refusal::Folder => ("folder", None),
        Refusal::Empty => ("empty", None),
        Refusal::TooLarge { max_bytes } => ("too-large", Some(("maxBytes", (*max_bytes).into()))),
        Refusal::Extension { extension } => {
            ("extension", Some(("extension", extension.as_str().into())))
        }
        Refusal::NoExtension => ("no-extension", None),
        Refusal::TooMany { max_files } => {
            ("too-many", Some(("maxFiles", (*max_files as u64).into())))
        }
        Refusal::TotalSize { max_bytes } => ("total-size", Some(("maxBytes", (*max_bytes).into()))),
        Refusal::Duplicate => ("duplicate", None),
        Refusal::Host { message } => ("host", Some(("message", message.as_str().into()))),
    };
    object([("rule", rule.into())].into_iter().chain(detail).collect())
}

/// An object whose members stay where they are null: a host reads `null`, not `undefined`.
fn object(members: Vec<(&str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
