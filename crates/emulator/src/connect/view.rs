//! A file as Get and Batch show it.

use serde_json::{Map, Value, json};

use crate::clock::iso;
use crate::files::{CreatedBy, Record, Stage};
use crate::info::file_arn;
use crate::settings::Settings;

/// The public status of a file.
pub(crate) fn status<'a>(settings: &'a Settings, record: &Record) -> &'a str {
    match record.stage {
        Stage::Pending => &settings.status_before_complete,
        Stage::Scanning { .. } => "PROCESSING",
        Stage::Approved => "APPROVED",
        Stage::Rejected => "REJECTED",
        Stage::Failed => "FAILED",
    }
}

/// Connect's union of who made it.
pub(crate) fn created_by(by: &CreatedBy) -> Value {
    match by {
        CreatedBy::ConnectUserArn(arn) => json!({ "ConnectUserArn": arn }),
        CreatedBy::AwsIdentityArn(arn) => json!({ "AWSIdentityArn": arn }),
    }
}

/// The metadata both operations share.
pub(crate) fn metadata(settings: &Settings, record: &Record) -> Map<String, Value> {
    let mut view = Map::new();
    let mut put = |name: &str, value: Value| view.insert(name.to_owned(), value);
    put("CreationTime", json!(iso(record.created)));
    put("FileArn", json!(file_arn(&record.id)));
    put("FileId", json!(record.id));
    put("FileName", json!(record.name));
    put("FileSizeInBytes", json!(record.size));
    put("FileStatus", json!(status(settings, record)));
    put("CreatedBy", created_by(&record.created_by));
    put("FileUseCaseType", json!(record.use_case));
    put("AssociatedResourceArn", json!(record.resource));
    if !record.tags.is_empty() {
        put("Tags", json!(record.tags));
    }
    view
}
