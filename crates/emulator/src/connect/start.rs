//! StartAttachedFileUpload: `PUT /attached-files/{InstanceId}`.

use std::collections::BTreeMap;

use http::Method;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::error::{QuotaReason, Refusal};
use super::resource::Resource;
use super::upload_headers::headers_to_include;
use super::{Call, Reply, rules, view};
use crate::clock::{Millis, day_path, iso};
use crate::files::{CreatedBy, Files, Record, Stage};
use crate::info::{caller_arn, file_arn};
use crate::s3::bucket::{FINAL, STAGING};
use crate::s3::presign::{Grant, presign};
use crate::settings::{DuplicateNames, RelatedItemAppears, Settings, TokenReplay};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Body {
    client_token: Option<String>,
    created_by: Option<CreatedByBody>,
    file_name: Option<String>,
    file_size_in_bytes: Option<i64>,
    file_use_case_type: Option<String>,
    tags: Option<BTreeMap<String, String>>,
    url_expiry_in_seconds: Option<i64>,
}

#[derive(Deserialize)]
struct CreatedByBody {
    #[serde(rename = "ConnectUserArn")]
    connect_user: Option<String>,
    #[serde(rename = "AWSIdentityArn")]
    aws_identity: Option<String>,
}

/// A body that passed every rule.
struct Wish {
    resource: Resource,
    name: String,
    size: u64,
    created_by: CreatedBy,
    tags: BTreeMap<String, String>,
    token: Option<String>,
    expiry: u64,
}

/// Makes a file record and a URL to put its bytes to.
pub(crate) fn start(call: &Call<'_>, instance: &str) -> Reply {
    let wish = check(call, instance)?;
    let record = {
        // One lock for looking and making: two Starts with one token at once must end in one file.
        let mut files = call.world.files();
        match replayed(call.settings, &files, &wish)? {
            Some(record) => record,
            None => {
                check_room(call.settings, &files, &wish)?;
                create(call, &mut files, &wish)?
            }
        }
    };
    answer(call, &record, wish.expiry).map(Some)
}

fn check(call: &Call<'_>, instance: &str) -> Result<Wish, Refusal> {
    let resource = call.resource_of_start(instance)?;
    let body: Body = call.json()?;
    let required = |what: &str| Refusal::invalid(format!("{what} is required."));
    let name = body.file_name.ok_or_else(|| required("FileName"))?;
    let size = body.file_size_in_bytes.ok_or_else(|| required("FileSizeInBytes"))?;
    let use_case = body.file_use_case_type.ok_or_else(|| required("FileUseCaseType"))?;
    rules::client_token(body.client_token.as_deref())?;
    rules::file_name(call.settings, &name)?;
    let size = rules::file_size(call.settings, resource.scope, size)?;
    rules::file_type(call.settings, resource.scope, &name)?;
    if use_case != "ATTACHMENT" {
        return Err(Refusal::invalid("FileUseCaseType must be ATTACHMENT."));
    }
    let expiry = rules::url_expiry(body.url_expiry_in_seconds)?;
    if let Some(tags) = &body.tags {
        rules::tags(tags)?;
    }
    Ok(Wish {
        resource,
        name,
        size,
        created_by: creator(body.created_by)?,
        tags: body.tags.unwrap_or_default(),
        token: body.client_token.filter(|token| !token.is_empty()),
        expiry,
    })
}

fn creator(given: Option<CreatedByBody>) -> Result<CreatedBy, Refusal> {
    let Some(given) = given else {
        return Ok(CreatedBy::AwsIdentityArn(caller_arn()));
    };
    match (given.connect_user, given.aws_identity) {
        (Some(arn), None) if arn.starts_with("arn:") => Ok(CreatedBy::ConnectUserArn(arn)),
        (Some(_), None) => Err(Refusal::invalid("ConnectUserArn is not a valid ARN.")),
        (None, Some(_)) => Err(Refusal::invalid("AWSIdentityArn cannot be set by the caller.")),
        _ => Err(Refusal::invalid("CreatedBy must have exactly one member.")),
    }
}

/// The file an earlier Start with the same token made.
fn replayed(settings: &Settings, files: &Files, wish: &Wish) -> Result<Option<Record>, Refusal> {
    if wish.token.is_none() || settings.token_replay == TokenReplay::NewFile {
        return Ok(None);
    }
    let Some(record) = files.present().find(|r| r.client_token == wish.token) else {
        return Ok(None);
    };
    let same = record.resource == wish.resource.arn
        && record.name == wish.name
        && record.size == wish.size
        && record.tags == wish.tags;
    if !same && settings.token_replay == TokenReplay::ConflictOnChange {
        return Err(Refusal::conflict("The client token was used with other arguments."));
    }
    Ok(Some(record.clone()))
}

/// Names and quotas of the resource. Rejected and failed files take no room.
fn check_room(settings: &Settings, files: &Files, wish: &Wish) -> Result<(), Refusal> {
    let beside: Vec<&Record> = files
        .present()
        .filter(|r| r.resource == wish.resource.arn)
        .filter(|r| !matches!(r.stage, Stage::Rejected | Stage::Failed))
        .collect();
    if settings.duplicate_names == DuplicateNames::Conflict
        && beside.iter().any(|r| r.name == wish.name)
    {
        return Err(Refusal::conflict("A file of this name is already attached."));
    }
    let counted = || beside.iter().filter(|r| settings.pending_counts || r.stage != Stage::Pending);
    if settings.max_files_per_resource.is_some_and(|max| counted().count() >= max) {
        return Err(Refusal::quota(
            QuotaReason::TotalCount,
            "The resource holds as many files as it may.",
        ));
    }
    let bytes: u64 = counted().map(|r| r.size).sum();
    if settings.max_total_bytes.is_some_and(|max| bytes + wish.size > max) {
        return Err(Refusal::quota(
            QuotaReason::TotalSize,
            "The files of the resource would be too large together.",
        ));
    }
    Ok(())
}

fn create(call: &Call<'_>, files: &mut Files, wish: &Wish) -> Result<Record, Refusal> {
    let now = call.world.clock.now();
    let id = Uuid::new_v4().to_string();
    let listed = call.settings.related_item_appears == RelatedItemAppears::Start;
    let record = Record {
        number: files.next_number(),
        resource: wish.resource.arn.clone(),
        name: wish.name.clone(),
        size: wish.size,
        use_case: "ATTACHMENT".to_owned(),
        created_by: wish.created_by.clone(),
        tags: wish.tags.clone(),
        client_token: wish.token.clone(),
        created: now,
        listed: listed.then_some(now),
        deleted: None,
        stage: Stage::Pending,
        staging_key: format!("{STAGING}{id}"),
        final_key: format!("{FINAL}{}/{id}", day_path(now)),
        id,
    };
    files.put(record.clone()).map_err(|_| Refusal::internal())?;
    Ok(record)
}

fn answer(call: &Call<'_>, record: &Record, expiry: u64) -> Result<serde_json::Value, Refusal> {
    let headers = headers_to_include(call.settings, record);
    // An expired URL is one signed so long ago that its life is over.
    let age =
        if call.due.expired() { Millis::try_from(expiry).unwrap_or(0) * 1000 + 1000 } else { 0 };
    let signed_at = call.world.clock.now() - age + call.due.skew();
    let url = presign(
        &call.world.info.s3,
        call.settings.url_style,
        &Grant {
            method: Method::PUT,
            key: &record.staging_key,
            headers: &headers,
            query: &[],
            signed_at,
            expires: expiry,
        },
    )
    .ok_or_else(Refusal::internal)?;
    let headers: BTreeMap<String, String> = headers.into_iter().collect();
    Ok(json!({
        "FileArn": file_arn(&record.id),
        "FileId": record.id,
        "CreationTime": iso(record.created),
        "FileStatus": view::status(call.settings, record),
        "CreatedBy": view::created_by(&record.created_by),
        "UploadUrlMetadata": {
            "Url": url,
            "UrlExpiry": iso(signed_at + Millis::try_from(expiry).unwrap_or(0) * 1000),
            "HeadersToInclude": headers,
        },
    }))
}
