//! BatchGetAttachedFileMetadata: `POST /attached-files/{InstanceId}`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Refusal;
use super::{Call, Reply, view};
use crate::files::Stage;
use crate::settings::BatchRejected;

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "FileIds")]
    file_ids: Option<Vec<String>>,
}

/// Metadata of up to 100 files of one resource; those it does not hold are errors in a 200.
pub(crate) fn batch(call: &Call<'_>, instance: &str) -> Reply {
    let arn = call.resource_of_file(instance)?;
    let body: Body = call.json()?;
    let ids = body.file_ids.ok_or_else(|| Refusal::invalid("FileIds is required."))?;
    if !(1..=100).contains(&ids.len()) {
        return Err(Refusal::invalid("FileIds must have 1 to 100 entries."));
    }
    if ids.iter().any(|id| !(1..=256).contains(&id.chars().count())) {
        return Err(Refusal::invalid("A FileId must have 1 to 256 characters."));
    }
    let stored = call.world.files();
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    for id in ids {
        let found = stored.get(&id).filter(|record| record.resource == arn);
        let shown = found.filter(|record| {
            record.stage != Stage::Rejected || call.settings.batch_rejected == BatchRejected::File
        });
        match shown {
            Some(record) => files.push(Value::Object(view::metadata(call.settings, record))),
            None => errors.push(json!({
                "ErrorCode": call.settings.batch_error_code,
                "ErrorMessage": "The attached file was not found.",
                "FileId": id,
            })),
        }
    }
    Ok(Some(json!({ "Files": files, "Errors": errors })))
}
