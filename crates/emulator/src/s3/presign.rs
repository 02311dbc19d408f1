//! The URLs Connect hands out, signed at the driven clock's time.

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use http::header::{HOST, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Uri};

use super::canonical::{self, Query, encode};
use crate::clock::{Millis, amz, system_time};
use crate::info::{ACCESS_KEY_ID, BUCKET, REGION, SECRET_ACCESS_KEY};
use crate::settings::UrlStyle;

/// What a URL shall allow.
pub(crate) struct Grant<'a> {
    pub(crate) method: Method,
    pub(crate) key: &'a str,
    /// Signed beside Host. Not only ASCII: a service that puts file names there as they are signs their bytes,
    /// which `aws-sigv4` cannot, so the canonical request is our own here too.
    pub(crate) headers: &'a [(String, String)],
    /// More of the query, not yet encoded.
    pub(crate) query: &'a [(&'a str, String)],
    pub(crate) signed_at: Millis,
    /// Seconds.
    pub(crate) expires: u64,
}

/// The URL for a grant; `None` when something in it cannot be a header, such as a line break.
pub(crate) fn presign(s3: &str, style: UrlStyle, grant: &Grant<'_>) -> Option<String> {
    let base = match style {
        UrlStyle::Path => format!("{s3}/{BUCKET}"),
        UrlStyle::VirtualHost => {
            let (_, port) = s3.rsplit_once(':')?;
            format!("http://{BUCKET}.localhost:{port}")
        }
    };
    let uri: Uri = format!("{base}/{}", grant.key).parse().ok()?;
    let headers = signed_headers(&uri, grant)?;
    let mut signed: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
    signed.sort_unstable();

    let date = amz(grant.signed_at);
    let day = date.get(..8)?;
    let scope = format!("{day}/{REGION}/s3/aws4_request");
    let own = [
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256".to_owned()),
        ("X-Amz-Credential", format!("{ACCESS_KEY_ID}/{scope}")),
        ("X-Amz-Date", date.clone()),
        ("X-Amz-Expires", grant.expires.to_string()),
        ("X-Amz-SignedHeaders", signed.join(";")),
    ];
    let pairs: Vec<String> = grant
        .query
        .iter()
        .chain(&own)
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    let query = pairs.join("&");
    let canonical = canonical::request(
        grant.method.as_str(),
        uri.path(),
        &Query::parse(&query),
        &headers,
        &signed,
        "UNSIGNED-PAYLOAD",
    );
    let to_sign = canonical::string_to_sign(&date, &scope, &canonical);
    let at = system_time(grant.signed_at);
    let key = generate_signing_key(SECRET_ACCESS_KEY, at, REGION, "s3");
    let signature = calculate_signature(key, to_sign.as_bytes());
    Some(format!("{uri}?{query}&X-Amz-Signature={signature}"))
}

fn signed_headers(uri: &Uri, grant: &Grant<'_>) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    for (name, value) in grant.headers {
        headers.insert(
            HeaderName::from_bytes(name.as_bytes()).ok()?,
            HeaderValue::from_bytes(value.as_bytes()).ok()?,
        );
    }
    let host = uri.authority()?.as_str();
    headers.insert(HOST, HeaderValue::from_str(host).ok()?);
    Some(headers)
}
