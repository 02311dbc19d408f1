//! DescribeAttachedFilesConfiguration: `GET /attached-files-configurations/{InstanceId}/{AttachmentScope}`.

use serde_json::{Value, json};

use super::error::Refusal;
use super::{Call, Reply};
use crate::info::INSTANCE_ID;

/// The limits of a scope.
pub(crate) fn describe(call: &Call<'_>, instance: &str, scope: &str) -> Reply {
    if !(1..=100).contains(&instance.chars().count()) {
        return Err(Refusal::parameter("InstanceId must have 1 to 100 characters."));
    }
    if !["EMAIL", "CHAT", "CASE", "TASK"].contains(&scope) {
        return Err(Refusal::parameter("AttachmentScope must be EMAIL, CHAT, CASE or TASK."));
    }
    if call.settings.describe_denied {
        return Err(Refusal::denied(
            "No permission for connect:DescribeAttachedFilesConfiguration.",
        ));
    }
    if instance != INSTANCE_ID {
        return Err(Refusal::not_found("The instance was not found."));
    }
    let extensions: Vec<Value> = call
        .settings
        .extensions(scope)
        .iter()
        .map(|extension| json!({ "Extension": extension }))
        .collect();
    Ok(Some(json!({
        "AttachedFilesConfiguration": {
            "InstanceId": instance,
            "AttachmentScope": scope,
            "MaximumSizeLimitInBytes": call.settings.max_size(scope),
            "ExtensionConfiguration": { "AllowedExtensions": extensions },
        },
    })))
}
