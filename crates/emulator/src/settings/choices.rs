//! The outcomes to choose from where AWS leaves one open.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What two files of one name on one resource do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DuplicateNames {
    /// Both are kept.
    Allow,
    /// The second Start answers 409.
    Conflict,
}

/// What a Start with a known client token does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TokenReplay {
    /// The same file with a fresh URL, whatever the arguments.
    SameFile,
    /// A new file: the token is ignored.
    NewFile,
    /// The same file when the arguments are the same, else 409.
    ConflictOnChange,
}

/// What Complete does when there is no fit object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BadComplete {
    /// 400 InvalidRequestException.
    InvalidRequest,
    /// 200; the verdict is FAILED.
    Accept,
}

/// What Complete of a completed file does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CompleteTwice {
    /// 200 again.
    Ok,
    /// 400 InvalidRequestException.
    InvalidRequest,
    /// 409, which the model does not list for Complete.
    Conflict,
}

/// When the case's list shows the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RelatedItemAppears {
    /// From Start on.
    Start,
    /// From Complete on.
    Complete,
}

/// How Batch shows a rejected file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BatchRejected {
    /// Under `Files` with status REJECTED.
    File,
    /// Under `Errors`.
    Error,
}

/// How a file name goes into the Content-Disposition of the upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DispositionName {
    /// ASCII fallback and RFC 8187's `filename*`; a bare `attachment` when that is longer than 256.
    Encoded,
    /// As it is, even when a browser cannot set such a header.
    Raw,
}

/// What the 256 of `FileName` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NameUnit {
    /// Unicode code points.
    CodePoints,
    /// UTF-16 code units.
    Utf16,
    /// Bytes of UTF-8.
    Bytes,
}

/// What Start answers to a resource that is not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ForeignResource {
    /// 400 InvalidRequestException.
    InvalidRequest,
    /// 403 AccessDeniedException.
    AccessDenied,
}

/// Where and how the type of an error is written; clients must read all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ErrorTypeStyle {
    /// `x-amzn-errortype: Name` and `__type: Name`.
    Plain,
    /// The header with a `:http://…` suffix and the body with a `namespace#` prefix.
    Suffixed,
    /// Only the header.
    HeaderOnly,
    /// Only `__type` in the body.
    BodyOnly,
}

/// Host style of pre-signed URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum UrlStyle {
    /// `http://127.0.0.1:PORT/bucket/key`
    Path,
    /// `http://bucket.localhost:PORT/key`
    VirtualHost,
}

/// What `HeadersToInclude` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum HeadersToInclude {
    /// One of the named sets.
    Named(HeaderSet),
    /// Exactly these.
    Explicit(BTreeMap<String, String>),
}

/// Named sets of headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HeaderSet {
    /// The set seen in chat (reference 2.1), Content-Length among them.
    Chat,
    /// Content-Type and Content-Disposition.
    Minimal,
    /// The chat set minus Content-Type.
    WithoutContentType,
}

/// What S3 says to a PUT whose body has no length but ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ChunkedPut {
    /// 411 MissingContentLength, as without any length.
    MissingContentLength,
    /// 501 NotImplemented naming the header (thread aws-sdk-go#3063).
    NotImplemented,
}
