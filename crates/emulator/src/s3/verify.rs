//! A pre-signed URL, judged by the driven clock: its parameters, its time, its headers, its signature.

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use http::request::Parts;
use subtle::ConstantTimeEq;

use super::canonical::{self, Query};
use super::error::{S3Error, SIGNATURE_MISMATCH, UNKNOWN_KEY};
use crate::clock::{Millis, iso_seconds, parse_amz, system_time};
use crate::info::{ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY};

/// S3's longest life of a pre-signed URL, seconds.
const WEEK: i64 = 604_800;

/// The clock and the leniency a URL is judged with.
pub(crate) struct Judge {
    /// S3's now.
    pub(crate) now: Millis,
    /// How far in the future a URL may be signed, milliseconds.
    pub(crate) early: Millis,
    /// Let an unsigned `x-amz-content-sha256` pass.
    pub(crate) unsigned_sha256: bool,
    /// Count the URL as expired, whatever its time.
    pub(crate) expired: bool,
}

/// What a good URL says about the body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Payload {
    /// Anything.
    Unsigned,
    /// A body with this SHA-256, in hex.
    Sha256(String),
}

/// Judges a pre-signed request.
///
/// # Errors
/// S3's answer to what is wrong with it. Time comes before headers and both before the signature, so an old URL
/// is told apart from a broken one.
pub(crate) fn verify(parts: &Parts, query: &Query, judge: &Judge) -> Result<Payload, S3Error> {
    let url = Presigned::read(query)?;
    url.check_time(judge)?;
    url.check_headers(parts, judge)?;
    let payload = parts
        .headers
        .get("x-amz-content-sha256")
        .filter(|_| url.signed.contains(&"x-amz-content-sha256"))
        .and_then(|v| v.to_str().ok())
        .or_else(|| query.get("X-Amz-Content-Sha256"))
        .unwrap_or("UNSIGNED-PAYLOAD");
    url.check_signature(parts, query, payload)?;
    Ok(match payload {
        "UNSIGNED-PAYLOAD" => Payload::Unsigned,
        hash => Payload::Sha256(hash.to_ascii_lowercase()),
    })
}

struct Presigned<'a> {
    scope: &'a str,
    amz_date: &'a str,
    signed_at: Millis,
    expires_s: i64,
    signed: Vec<&'a str>,
    signature: &'a str,
}

impl<'a> Presigned<'a> {
    fn read(query: &'a Query) -> Result<Self, S3Error> {
        let need = |name: &str| {
            query.get(name).ok_or_else(|| {
                S3Error::query_parameters(
                    "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, \
                     X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
                )
            })
        };
        if need("X-Amz-Algorithm")? != "AWS4-HMAC-SHA256" {
            return Err(S3Error::query_parameters(
                "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"",
            ));
        }
        let expires_s = lifetime(need("X-Amz-Expires")?)?;
        let amz_date = need("X-Amz-Date")?;
        let signed_at = parse_amz(amz_date).ok_or_else(|| {
            S3Error::query_parameters(
                "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
            )
        })?;
        let (key, scope) = credential(need("X-Amz-Credential")?, amz_date)?;
        if key != ACCESS_KEY_ID {
            return Err(S3Error::new(
                http::StatusCode::FORBIDDEN,
                "InvalidAccessKeyId",
                UNKNOWN_KEY,
            )
            .with("AWSAccessKeyId", key));
        }
        Ok(Self {
            scope,
            amz_date,
            signed_at,
            expires_s,
            signed: need("X-Amz-SignedHeaders")?.split(';').collect(),
            signature: need("X-Amz-Signature")?,
        })
    }

    fn check_time(&self, judge: &Judge) -> Result<(), S3Error> {
        let expires = self.signed_at + self.expires_s * 1000;
        let times = |error: S3Error| {
            error.with("Expires", iso_seconds(expires)).with("ServerTime", iso_seconds(judge.now))
        };
        if self.signed_at > judge.now + judge.early {
            // S3 writes this one as Unix milliseconds (thread minio#2638).
            return Err(times(
                S3Error::access_denied("Request is not yet valid")
                    .with("X-Amz-Date", self.signed_at.to_string()),
            ));
        }
        if judge.expired || judge.now > expires {
            return Err(times(
                S3Error::access_denied("Request has expired")
                    .with("X-Amz-Expires", self.expires_s.to_string()),
            ));
        }
        Ok(())
    }

    fn check_headers(&self, parts: &Parts, judge: &Judge) -> Result<(), S3Error> {
        let mut unsigned: Vec<&str> = parts
            .headers
            .keys()
            .map(http::HeaderName::as_str)
            .filter(|name| name.starts_with("x-amz-") && !self.signed.contains(name))
            .filter(|name| !(judge.unsigned_sha256 && *name == "x-amz-content-sha256"))
            .collect();
        if !self.signed.contains(&"host") {
            unsigned.push("host");
        }
        if unsigned.is_empty() {
            return Ok(());
        }
        unsigned.sort_unstable();
        Err(S3Error::access_denied(
            "There were headers present in the request which were not signed",
        )
        .with("HeadersNotSigned", unsigned.join(", ")))
    }

    fn check_signature(&self, parts: &Parts, query: &Query, payload: &str) -> Result<(), S3Error> {
        let canonical = canonical::request(
            parts.method.as_str(),
            parts.uri.path(),
            query,
            &parts.headers,
            &self.signed,
            payload,
        );
        let to_sign = canonical::string_to_sign(self.amz_date, self.scope, &canonical);
        let key =
            generate_signing_key(SECRET_ACCESS_KEY, system_time(self.signed_at), REGION, "s3");
        let expected = calculate_signature(key, to_sign.as_bytes());
        if bool::from(expected.as_bytes().ct_eq(self.signature.as_bytes())) {
            return Ok(());
        }
        Err(S3Error::new(http::StatusCode::FORBIDDEN, "SignatureDoesNotMatch", SIGNATURE_MISMATCH)
            .with("AWSAccessKeyId", ACCESS_KEY_ID)
            .with("StringToSign", to_sign.as_str())
            .with("SignatureProvided", self.signature)
            .with("StringToSignBytes", spaced_hex(&to_sign))
            .with("CanonicalRequest", canonical.as_str())
            .with("CanonicalRequestBytes", spaced_hex(&canonical)))
    }
}

fn lifetime(text: &str) -> Result<i64, S3Error> {
    let seconds: i64 =
        text.parse().map_err(|_| S3Error::query_parameters("X-Amz-Expires should be a number"))?;
    if seconds < 0 {
        return Err(S3Error::query_parameters("X-Amz-Expires must be non-negative"));
    }
    if seconds > WEEK {
        return Err(S3Error::query_parameters(
            "X-Amz-Expires must be less than a week (in seconds); \
             that is, the given X-Amz-Expires must be less than 604800 seconds",
        ));
    }
    Ok(seconds)
}

/// Access key and scope of `key/date/region/s3/aws4_request`.
fn credential<'a>(text: &'a str, amz_date: &str) -> Result<(&'a str, &'a str), S3Error> {
    let wrong = |what: &str| {
        S3Error::query_parameters(&format!("Error parsing the X-Amz-Credential parameter; {what}"))
    };
    let (key, scope) = text.split_once('/').ok_or_else(|| wrong("the Credential is mal-formed"))?;
    let mut parts = scope.split('/');
    let (date, region) = (parts.next(), parts.next());
    let (service, end) = (parts.next(), parts.next());
    if parts.next().is_some() || end != Some("aws4_request") {
        return Err(wrong("the Credential is mal-formed"));
    }
    if !date.is_some_and(|d| d.len() == 8 && amz_date.starts_with(d)) {
        return Err(wrong("its date is not that of X-Amz-Date"));
    }
    if region != Some(REGION) {
        let region = region.unwrap_or_default();
        return Err(wrong(&format!("the region '{region}' is wrong; expecting '{REGION}'"))
            .with("Region", REGION));
    }
    if service != Some("s3") {
        return Err(wrong("incorrect service; this endpoint belongs to \"s3\""));
    }
    Ok((key, scope))
}

fn spaced_hex(text: &str) -> String {
    let bytes: Vec<String> = text.bytes().map(|b| format!("{b:02x}")).collect();
    bytes.join(" ")
}
