//! SigV4 of the Connect and Cases calls, verified by signing again with `aws-sigv4` and comparing.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use http::request::Parts;
use subtle::ConstantTimeEq;

use crate::clock::{Millis, parse_amz, real_now, system_time};
use crate::info::{ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY};

/// How far a signer's clock may be off, milliseconds.
const SKEW: Millis = 5 * 60 * 1000;

/// Why a call counts as not signed by the account.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unsigned {
    /// No Authorization header at all.
    Missing,
    /// An Authorization header that cannot be read.
    Incomplete(String),
    /// Another access key.
    UnknownKey,
    /// Signed for another Region, service or time.
    Scope(String),
    /// The signature is not the one this request has.
    Mismatch,
}

struct Authorization<'a> {
    access_key: &'a str,
    date: &'a str,
    region: &'a str,
    service: &'a str,
    signed_headers: Vec<&'a str>,
    signature: &'a str,
}

fn parse(value: &str) -> Option<Authorization<'_>> {
    let rest = value.strip_prefix("AWS4-HMAC-SHA256")?;
    let field = |name: &str| {
        rest.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
    };
    let mut credential = field("Credential")?.splitn(5, '/');
    let (access_key, date) = (credential.next()?, credential.next()?);
    let (region, service) = (credential.next()?, credential.next()?);
    if credential.next()? != "aws4_request" {
        return None;
    }
    Some(Authorization {
        access_key,
        date,
        region,
        service,
        signed_headers: field("SignedHeaders")?.split(';').collect(),
        signature: field("Signature")?,
    })
}

/// Checks that `parts` and `body` carry the account's signature for `service`.
///
/// Signers use the machine's clock and some SDKs correct it by the Date header, which follows the driven clock; so
/// a time near either of the two is accepted.
///
/// # Errors
/// See [`Unsigned`].
pub(crate) fn verify(
    parts: &Parts,
    body: &[u8],
    service: &str,
    driven_now: Millis,
) -> Result<(), Unsigned> {
    let header = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok());
    let value = header("authorization").ok_or(Unsigned::Missing)?;
    let auth = parse(value).ok_or_else(|| {
        Unsigned::Incomplete(
            "Authorization header requires Credential, SignedHeaders and Signature.".to_owned(),
        )
    })?;
    if auth.access_key != ACCESS_KEY_ID {
        return Err(Unsigned::UnknownKey);
    }
    if auth.region != REGION || auth.service != service {
        return Err(Unsigned::Scope(format!(
            "Credential should be scoped to a valid region and to service '{service}'."
        )));
    }
    let date = header("x-amz-date").unwrap_or_default();
    let at = parse_amz(date).ok_or_else(|| {
        Unsigned::Incomplete(
            "Authorization header requires existence of a valid X-Amz-Date.".to_owned(),
        )
    })?;
    if !date.starts_with(auth.date) {
        return Err(Unsigned::Scope(
            "Date in Credential scope does not match X-Amz-Date.".to_owned(),
        ));
    }
    let off = (at - real_now()).abs().min((at - driven_now).abs());
    if off > SKEW {
        return Err(Unsigned::Scope(format!("Signature expired or not yet current: {date}.")));
    }
    if !auth.signed_headers.contains(&"host") {
        return Err(Unsigned::Mismatch);
    }
    let expected = signature(parts, body, &auth, at).ok_or(Unsigned::Mismatch)?;
    if bool::from(expected.as_bytes().ct_eq(auth.signature.as_bytes())) {
        Ok(())
    } else {
        Err(Unsigned::Mismatch)
    }
}

fn signature(parts: &Parts, body: &[u8], auth: &Authorization<'_>, at: Millis) -> Option<String> {
    let mut headers = Vec::new();
    for name in &auth.signed_headers {
        for value in parts.headers.get_all(*name) {
            headers.push((*name, value.to_str().ok()?));
        }
    }
    let host = parts.headers.get("host")?.to_str().ok()?;
    let uri = format!("http://{host}{}", parts.uri.path_and_query()?);
    let identity = credentials().into();
    let mut settings = SigningSettings::default();
    // The caller signed what it signed: nothing is left out, and its own x-amz-date is the time.
    settings.excluded_headers = None;
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(auth.region)
        .name(auth.service)
        .time(system_time(at))
        .settings(settings)
        .build()
        .ok()?
        .into();
    let request = SignableRequest::new(
        parts.method.as_str(),
        uri,
        headers.into_iter(),
        SignableBody::Bytes(body),
    )
    .ok()?;
    let (_, signature) = sign(request, &params).ok()?.into_parts();
    Some(signature)
}

/// The emulated account's only key.
pub(crate) fn credentials() -> Credentials {
    Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None, None, "emulator")
}
