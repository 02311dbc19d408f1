//! `HeadersToInclude`: what the upload must carry, all of it signed.

use super::disposition::disposition;
use crate::files::Record;
use crate::info::{ACCOUNT_ID, INSTANCE_ID};
use crate::settings::{HeaderSet, HeadersToInclude, Settings};

/// The signed headers of the upload (reference 2.1). No header value may be longer than 256: a name that would
/// make it so is left out.
pub(crate) fn headers_to_include(settings: &Settings, record: &Record) -> Vec<(String, String)> {
    let set = match &settings.headers_to_include {
        HeadersToInclude::Explicit(map) => return map.clone().into_iter().collect(),
        HeadersToInclude::Named(set) => *set,
    };
    let disposition = disposition("attachment", &record.name, settings.content_disposition_name);
    let disposition = if disposition.len() > 256 { "attachment".to_owned() } else { disposition };
    let mut headers = vec![("Content-Disposition".to_owned(), disposition)];
    let mut put = |name: &str, value: String| headers.push((name.to_owned(), value));
    if set != HeaderSet::WithoutContentType {
        put("Content-Type", media_type(&record.name).to_owned());
    }
    if set != HeaderSet::Minimal {
        let contact = record.resource.rsplit('/').next().unwrap_or_default();
        put("x-amz-meta-contact_id", contact.to_owned());
        put("x-amz-meta-initial_contact_id", contact.to_owned());
        put("x-amz-meta-account_id", ACCOUNT_ID.to_owned());
        put("x-amz-meta-organization_id", INSTANCE_ID.to_owned());
        put("x-amz-acl", "bucket-owner-full-control".to_owned());
        put("Content-Length", record.size.to_string());
    }
    headers
}

/// Start takes no content type, so the service derives it from the extension.
fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
    match extension.to_ascii_lowercase().as_str() {
        "csv" => "text/csv",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "heic" => "image/heic",
        "jfif" | "jpeg" | "jpg" => "image/jpeg",
        "mov" => "video/quicktime",
        "mp4" => "video/mp4",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "rtf" => "application/rtf",
        "txt" => "text/plain",
        "wav" => "audio/wav",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}
