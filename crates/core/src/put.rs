//! The PUT to S3: which headers go with it, and what its end means.

use std::fmt;

use crate::error::{Code, Failure, Stage};
use crate::redact::{HeaderNames, printable_code};
use crate::table::Table;

/// Headers a page cannot set: the browser writes them itself or forbids them (Fetch standard,
/// "forbidden request-header"). Connect's map holds `Content-Length` in every sample known.
const FORBIDDEN: &[&str] = &[
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "access-control-request-private-network",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "permissions-policy",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// The headers of a PUT, ready to be set one after the other.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PutHeaders {
    /// Names and values; no two names differ by letter case only.
    pub list: Vec<(String, String)>,
    /// Whether the map carries a Content-Type. If not, the body must be a typeless slice of the file,
    /// or the browser would add a type of its own.
    pub has_content_type: bool,
}

impl fmt::Debug for PutHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        HeaderNames(self.list.iter().map(|(name, _)| name)).fmt(f)
    }
}

/// Keeps `HeadersToInclude` as it is, minus the names a browser forbids. A name that comes twice in
/// different letter case is sent once: XMLHttpRequest would join both values and break the signature.
#[must_use]
pub fn headers_to_send(included: &Table<String, String>) -> PutHeaders {
    let mut headers = PutHeaders::default();
    for (name, value) in included.iter() {
        let lower = name.to_ascii_lowercase();
        let forbidden = FORBIDDEN.contains(&lower.as_str())
            || lower.starts_with("proxy-")
            || lower.starts_with("sec-");
        let doubled = headers.list.iter().any(|(sent, _)| sent.eq_ignore_ascii_case(name));
        if forbidden || doubled {
            continue;
        }
        headers.has_content_type |= lower == "content-type";
        headers.list.push((name.clone(), value.clone()));
    }
    headers
}

/// What could be read of the file at the moment a PUT ended without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceState {
    /// A byte of it could be read, and its size is the one it was picked with.
    Readable,
    /// It changed, moved or went away.
    Unreadable,
}

/// How a PUT ended, as the edge reports it.
#[derive(Clone, PartialEq, Eq)]
pub enum PutEnd {
    /// S3 answered.
    Answered {
        /// HTTP status.
        status: u16,
        /// The answer's text; XML when it is an error.
        body: String,
    },
    /// No readable answer: reset, DNS, offline, blocked by CORS, or the file went away.
    NoAnswer {
        /// What a probe of the file said.
        source: SourceState,
    },
    /// The request could not even be made, for example because a header value was refused.
    Unsendable,
}

impl fmt::Debug for PutEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered { status, body } => {
                let code = S3Error::read(body).code;
                write!(f, "Answered({status} {})", printable_code(&code))
            }
            Self::NoAnswer { source } => write!(f, "NoAnswer({source:?})"),
            Self::Unsendable => f.write_str("Unsendable"),
        }
    }
}

/// What to do after a PUT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PutVerdict {
    /// The bytes are there.
    Sent,
    /// The URL ran out: a new start, with a new token.
    Expired,
    /// The signer's clock is ahead: wait a moment, the same URL will do.
    NotYetValid,
    /// Worth repeating on the same URL.
    Passing(Failure),
    /// Not worth repeating.
    Final(Failure),
}

/// What of S3's XML error body matters. `StringToSign` and key ids are left unread on purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct S3Error {
    /// `Code`
    pub code: String,
    /// `Message`
    pub message: String,
    /// `RequestId`
    pub request_id: Option<String>,
    /// Whether `HeadersNotSigned` is there.
    pub headers_not_signed: bool,
}

impl S3Error {
    /// Reads an error body; a body that is no S3 error reads as empty.
    #[must_use]
    pub fn read(xml: &str) -> Self {
        Self {
            code: element(xml, "Code").unwrap_or_default().to_owned(),
            message: element(xml, "Message").unwrap_or_default().to_owned(),
            request_id: element(xml, "RequestId").filter(|id| !id.is_empty()).map(str::to_owned),
            headers_not_signed: element(xml, "HeadersNotSigned").is_some(),
        }
    }
}

fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    // The elements wanted hold text only, so each ends where the next tag begins.
    xml.split('<').find_map(|tag| tag.strip_prefix(name)?.strip_prefix('>')).map(str::trim_ascii)
}

/// Whether an S3 answer says that the pre-signed URL ran out, for uploads and downloads alike.
#[must_use]
pub fn says_expired(status: u16, error: &S3Error) -> bool {
    matches!(error.code.as_str(), "ExpiredToken" | "RequestExpired")
        || (status == 403 && error.code == "AccessDenied" && error.message.ends_with("has expired"))
}

/// Judges the end of a PUT. `url_is_old` says whether the URL has outlived its time by our clocks.
#[must_use]
pub fn judge(end: &PutEnd, url_is_old: bool) -> PutVerdict {
    match end {
        PutEnd::Answered { status, body } => judge_answer(*status, body),
        PutEnd::NoAnswer { source: SourceState::Unreadable } => {
            PutVerdict::Final(Failure::new(Stage::Put, Code::FileUnreadable, false))
        }
        // S3's refusal of a dead URL may lack CORS headers and so look like a network fault.
        PutEnd::NoAnswer { .. } if url_is_old => PutVerdict::Expired,
        PutEnd::NoAnswer { .. } => {
            PutVerdict::Passing(Failure::new(Stage::Put, Code::NetworkLost, true))
        }
        PutEnd::Unsendable => {
            PutVerdict::Final(Failure::new(Stage::Put, Code::UnexpectedAnswer, false))
        }
    }
}

fn judge_answer(status: u16, body: &str) -> PutVerdict {
    if (200..300).contains(&status) {
        return PutVerdict::Sent;
    }
    let error = S3Error::read(body);
    if says_expired(status, &error) {
        return PutVerdict::Expired;
    }
    if status == 403 && error.message.ends_with("not yet valid") {
        return PutVerdict::NotYetValid;
    }
    let passing = matches!(
        error.code.as_str(),
        "RequestTimeout" | "SlowDown" | "InternalError" | "ServiceUnavailable" | "IncompleteBody"
    ) || matches!(status, 408 | 429 | 500..);
    let code = match (status, error.code.as_str()) {
        (_, "SignatureDoesNotMatch") => Code::SignatureMismatch,
        _ if error.headers_not_signed => Code::HeadersNotSigned,
        _ if passing => Code::StorageError,
        (403, _) => Code::StorageDenied,
        _ => Code::StorageRefused,
    };
    let failure = Failure {
        stage: Stage::Put,
        code,
        retryable: passing || code == Code::StorageDenied,
        status: Some(status),
        service_code: (!error.code.is_empty()).then_some(error.code),
        request_id: error.request_id,
    };
    if passing { PutVerdict::Passing(failure) } else { PutVerdict::Final(failure) }
}
