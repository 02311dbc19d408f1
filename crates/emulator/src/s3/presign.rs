//! The URLs Connect hands out, signed by `aws-sigv4` at the driven clock's time.

use std::time::Duration;

use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings,
    UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use http::Method;

use super::canonical::encode;
use crate::clock::{Millis, system_time};
use crate::info::{BUCKET, REGION};
use crate::settings::UrlStyle;
use crate::sigv4::credentials;

/// What a URL shall allow.
pub(crate) struct Grant<'a> {
    pub(crate) method: Method,
    pub(crate) key: &'a str,
    /// Signed beside Host.
    pub(crate) headers: &'a [(String, String)],
    /// More of the query, not yet encoded.
    pub(crate) query: &'a [(&'a str, String)],
    pub(crate) signed_at: Millis,
    /// Seconds.
    pub(crate) expires: u64,
}

/// The URL for a grant; `None` when something in it cannot be signed, such as a header with a line break.
pub(crate) fn presign(s3: &str, style: UrlStyle, grant: &Grant<'_>) -> Option<String> {
    let base = match style {
        UrlStyle::Path => format!("{s3}/{BUCKET}"),
        UrlStyle::VirtualHost => {
            let (_, port) = s3.rsplit_once(':')?;
            format!("http://{BUCKET}.localhost:{port}")
        }
    };
    let mut url = format!("{base}/{}", grant.key);
    for (name, value) in grant.query {
        push(&mut url, name, value);
    }
    let identity = credentials().into();
    let mut settings = SigningSettings::default();
    settings.signature_location = SignatureLocation::QueryParams;
    settings.expires_in = Some(Duration::from_secs(grant.expires));
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    settings.excluded_headers = None;
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(REGION)
        .name("s3")
        .time(system_time(grant.signed_at))
        .settings(settings)
        .build()
        .ok()?
        .into();
    let headers = grant.headers.iter().map(|(n, v)| (n.as_str(), v.as_str()));
    let request = SignableRequest::new(
        grant.method.as_str(),
        url.clone(),
        headers,
        SignableBody::UnsignedPayload,
    )
    .ok()?;
    let (instructions, _) = sign(request, &params).ok()?.into_parts();
    for (name, value) in instructions.params() {
        push(&mut url, name, value);
    }
    Some(url)
}

fn push(url: &mut String, name: &str, value: &str) {
    let separator = if url.contains('?') { '&' } else { '?' };
    url.push(separator);
    url.push_str(&format!("{}={}", encode(name), encode(value)));
}
