//! Handing a judged request to `s3s`, and reading its answer back.

use std::sync::Arc;

use axum::body::Body;
use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, HeaderName, HeaderValue};
use http::request::Parts;
use http::{Request, Response, Uri};
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};

use super::body::Broken;
use super::bucket::Verified;
use super::canonical::{Query, encode};
use super::error::{S3Error, SIGNATURE_MISMATCH, UNKNOWN_KEY};
use super::verify::Payload;
use super::{object_key, virtual_host};
use crate::info::BUCKET;
use crate::world::World;

/// Parameters of the signature itself: spent once it is verified.
const SPENT: [&str; 8] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
    "X-Amz-Security-Token",
    "X-Amz-Content-Sha256",
];

/// Sends a request to `s3s`: as it came when its headers are signed (`payload` is `None`), without its signature
/// and marked as verified when its URL was.
///
/// # Errors
/// What `s3s` answered, in S3's words.
pub(crate) async fn forward<B>(
    world: &Arc<World>,
    parts: &Parts,
    query: &Query,
    payload: Option<Payload>,
    body: Option<B>,
) -> Result<Response<Body>, S3Error>
where
    B: http_body::Body<Data = Bytes, Error = Broken> + Send + 'static,
{
    let mut request = Request::new(());
    *request.method_mut() = parts.method.clone();
    *request.headers_mut() = parts.headers.clone();
    // A file name as it is: verified above, but `s3s` refuses the header, and downloads set their own.
    if parts.headers.get(CONTENT_DISPOSITION).is_some_and(|value| !value.as_bytes().is_ascii()) {
        request.headers_mut().remove(CONTENT_DISPOSITION);
    }
    *request.uri_mut() = parts.uri.clone();
    let body = match payload {
        None => as_it_comes(body),
        Some(payload) => {
            request.extensions_mut().insert(Verified);
            *request.uri_mut() = plain_uri(parts, query)?;
            let checksums = world.settings().s3_hoisted_checksums_checked;
            hoisted(query, checksums, request.headers_mut());
            match payload {
                Payload::Unsigned => as_it_comes(body),
                Payload::Sha256(expected) => checked(body, &expected).await?.into(),
            }
        }
    };
    let answer =
        world.bucket.call(request.map(|()| body)).await.map_err(|_| S3Error::internal())?;
    let (answer, body) = answer.into_parts();
    if answer.status.is_client_error() || answer.status.is_server_error() {
        let xml = body.collect().await.map_err(|_| S3Error::internal())?;
        let xml = String::from_utf8_lossy(&xml.to_bytes()).into_owned();
        return Err(in_s3_words(answer.status, &xml, parts));
    }
    Ok(Response::from_parts(answer, Body::new(body)))
}

/// `s3s` asks for a length of whatever may be a body, so it must be told when there is none.
fn as_it_comes<B>(body: Option<B>) -> s3s::Body
where
    B: http_body::Body<Data = Bytes, Error = Broken> + Send + 'static,
{
    body.map_or_else(s3s::Body::empty, s3s::Body::http_body_unsync)
}

/// The whole body, once its hash is what the signature says.
async fn checked<B>(body: Option<B>, expected: &str) -> Result<Bytes, S3Error>
where
    B: http_body::Body<Data = Bytes, Error = Broken> + Send + 'static,
{
    let bytes = as_it_comes(body).collect().await.map_err(|_| S3Error::incomplete_body())?;
    let bytes = bytes.to_bytes();
    let actual = hex::encode(Sha256::digest(&bytes));
    if actual == expected {
        return Ok(bytes);
    }
    Err(S3Error::new(
        http::StatusCode::BAD_REQUEST,
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
    )
    .with("ClientComputedContentSHA256", expected)
    .with("S3ComputedContentSHA256", actual))
}

/// Path style, and only what of the query is not the signature's or a hoisted header.
fn plain_uri(parts: &Parts, query: &Query) -> Result<Uri, S3Error> {
    let path = parts.uri.path();
    let path = if virtual_host(parts) { format!("/{BUCKET}{path}") } else { path.to_owned() };
    let rest: Vec<String> = query
        .iter()
        .filter(|(name, _)| !SPENT.contains(name) && !is_hoisted(name))
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    let uri = if rest.is_empty() { path } else { format!("{path}?{}", rest.join("&")) };
    uri.parse().map_err(|_| S3Error::internal())
}

fn is_hoisted(name: &str) -> bool {
    name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("x-amz-"))
        && !SPENT.contains(&name)
}

/// Presigners move `x-amz-*` headers into the query; S3 reads them there as if they were headers.
///
/// Not so checksums, unless set otherwise: those of the JS SDK's presigner are of no body at all, and uploads with
/// its URLs succeed (threads aws-sdk-go-v2#2610, localstack#12169).
fn hoisted(query: &Query, checksums: bool, headers: &mut http::HeaderMap) {
    let spoken_of = |name: &str| checksums || !name.to_ascii_lowercase().contains("checksum");
    for (name, value) in query.iter().filter(|(name, _)| is_hoisted(name) && spoken_of(name)) {
        let name = HeaderName::from_bytes(name.to_ascii_lowercase().as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            headers.entry(name).or_insert(value);
        }
    }
}

/// Rebuilds an error of `s3s` with the elements S3 has beside Code and Message.
fn in_s3_words(status: http::StatusCode, xml: &str, parts: &Parts) -> S3Error {
    let text = |tag: &str| {
        let (_, rest) = xml.split_once(&format!("<{tag}>"))?;
        let (inner, _) = rest.split_once(&format!("</{tag}>"))?;
        Some(
            inner
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&"),
        )
    };
    let code = text("Code").unwrap_or_else(|| match status.as_u16() {
        404 => "NoSuchKey".to_owned(),
        403 => "AccessDenied".to_owned(),
        _ => "InternalError".to_owned(),
    });
    let message = match code.as_str() {
        "NoSuchKey" => "The specified key does not exist.".to_owned(),
        "NoSuchBucket" => "The specified bucket does not exist".to_owned(),
        "AccessDenied" => "Access Denied".to_owned(),
        "SignatureDoesNotMatch" => SIGNATURE_MISMATCH.to_owned(),
        "InvalidAccessKeyId" => UNKNOWN_KEY.to_owned(),
        _ => text("Message").unwrap_or_else(|| code.clone()),
    };
    let error = S3Error::new(status, &code, &message);
    match code.as_str() {
        "NoSuchKey" => error.with("Key", object_key(parts).unwrap_or_default()),
        "NoSuchBucket" => error.with("BucketName", BUCKET),
        _ => error,
    }
}
