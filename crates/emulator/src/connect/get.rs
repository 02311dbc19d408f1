//! GetAttachedFile: `GET /attached-files/{InstanceId}/{FileId}`.

use http::Method;
use serde_json::{Value, json};

use super::disposition::disposition;
use super::error::Refusal;
use super::{Call, Reply, rules, view};
use crate::clock::{Millis, iso};
use crate::files::{Record, Stage};
use crate::s3::presign::{Grant, presign};

/// The model's longest URL, characters.
const LONGEST_URL: usize = 2000;

/// Metadata, and a URL to download from once the file is approved.
pub(crate) fn get(call: &Call<'_>, instance: &str, id: &str) -> Reply {
    let record = call.file(instance, id)?;
    let expiry = match call.query("urlExpiryInSeconds") {
        None => None,
        Some(text) => Some(
            text.parse()
                .map_err(|_| Refusal::serialization("UrlExpiryInSeconds must be an integer."))?,
        ),
    };
    let expiry = rules::url_expiry(expiry)?;
    let kind = match call.query("urlContentDisposition").as_deref() {
        None | Some("ATTACHMENT") => "attachment",
        Some("INLINE") => "inline",
        Some(_) => {
            return Err(Refusal::invalid("UrlContentDisposition must be INLINE or ATTACHMENT."));
        }
    };
    let mut answer = view::metadata(call.settings, &record);
    if record.stage == Stage::Approved {
        let url = download(call, &record, expiry, kind).ok_or_else(Refusal::internal)?;
        answer.insert("DownloadUrlMetadata".to_owned(), url);
    }
    Ok(Some(Value::Object(answer)))
}

fn download(call: &Call<'_>, record: &Record, expiry: u64, kind: &str) -> Option<Value> {
    let life = Millis::try_from(expiry).ok()? * 1000;
    // An expired URL is one signed so long ago that its life is over.
    let age = if call.due.expired() { life + 1000 } else { 0 };
    let signed_at = call.world.clock.now() - age + call.due.skew();
    let signed = |disposition: String| {
        presign(
            &call.world.info.s3,
            call.settings.url_style,
            &Grant {
                method: Method::GET,
                key: &record.final_key,
                headers: &[],
                query: &[("response-content-disposition", disposition)],
                signed_at,
                expires: expiry,
            },
        )
    };
    let named = signed(disposition(kind, &record.name, call.settings.content_disposition_name))?;
    let url = if named.len() > LONGEST_URL { signed(kind.to_owned())? } else { named };
    Some(json!({ "Url": url, "UrlExpiry": iso(signed_at + life) }))
}
