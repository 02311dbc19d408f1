//! The calls the engine asks for, their HTTP form, and their answers.

use crate::error::{Code, Failure, Stage};
use crate::resource::{Resource, ResourceKind};
use crate::wire::{
    BatchAnswer, BatchRequest, ConfigurationAnswer, ErrorBody, FileMetadata, SearchAnswer,
    SearchRequest, StartAnswer, StartRequest,
};

/// The seven operations. Each has its own throttle: 2 requests a second, burst 5, per account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// `StartAttachedFileUpload`
    Start,
    /// `CompleteAttachedFileUpload`
    Complete,
    /// `BatchGetAttachedFileMetadata`
    Batch,
    /// `GetAttachedFile`
    Get,
    /// `DeleteAttachedFile`
    Delete,
    /// `DescribeAttachedFilesConfiguration`
    Describe,
    /// Cases `SearchRelatedItems`
    Search,
}

impl Operation {
    /// How many there are.
    pub const COUNT: usize = 7;
}

/// One call: the operation with what it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// Asks for a file record and an upload URL.
    Start(StartRequest),
    /// Says that the bytes are there.
    Complete {
        /// File id.
        file_id: String,
    },
    /// Asks for the state of up to 100 files.
    Batch(BatchRequest),
    /// Asks for a download URL.
    Get {
        /// File id.
        file_id: String,
    },
    /// Deletes a file and its object.
    Delete {
        /// File id.
        file_id: String,
    },
    /// Asks for the limits of the resource's scope.
    Describe,
    /// Asks which files a case holds.
    Search(SearchRequest),
}

impl Call {
    /// The operation.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Start(_) => Operation::Start,
            Self::Complete { .. } => Operation::Complete,
            Self::Batch(_) => Operation::Batch,
            Self::Get { .. } => Operation::Get,
            Self::Delete { .. } => Operation::Delete,
            Self::Describe => Operation::Describe,
            Self::Search(_) => Operation::Search,
        }
    }
}

/// HTTP methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// DELETE
    Delete,
}

impl Method {
    /// Its name in HTTP.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// A call's HTTP form: what follows the endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path and query, percent-encoded, beginning with `/`.
    pub path: String,
}

/// The HTTP form of `call` on `resource`. `None` when a contact is asked for related items.
#[must_use]
pub fn route(resource: &Resource, call: &Call) -> Option<Route> {
    let instance = encode(&resource.instance_id);
    let arn = encode(&resource.arn);
    let files = |slash: &str, id: &str| {
        ["/attached-files/", &instance, slash, &encode(id), "?associatedResourceArn=", &arn]
            .concat()
    };
    let file = |id: &str| files("/", id);
    let (method, path) = match call {
        Call::Start(_) => (Method::Put, files("", "")),
        Call::Batch(_) => (Method::Post, files("", "")),
        Call::Complete { file_id } => (Method::Post, file(file_id)),
        Call::Get { file_id } => (Method::Get, file(file_id)),
        Call::Delete { file_id } => (Method::Delete, file(file_id)),
        Call::Describe => (
            Method::Get,
            ["/attached-files-configurations/", &instance, "/", resource.scope()].concat(),
        ),
        Call::Search(_) => {
            let ResourceKind::Case { domain_id, case_id } = resource.kind() else {
                return None;
            };
            let (domain, case) = (encode(domain_id), encode(case_id));
            (
                Method::Post,
                ["/domains/", &domain, "/cases/", &case, "/related-items-search"].concat(),
            )
        }
    };
    Some(Route { method, path })
}

/// Percent-encodes everything but RFC 3986's unreserved characters, as SigV4 expects it.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                out.push('%');
                for nibble in [byte >> 4, byte & 0xf] {
                    let digit = char::from_digit(u32::from(nibble), 16).unwrap_or('0');
                    out.push(digit.to_ascii_uppercase());
                }
            }
        }
    }
    out
}

/// A good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To [`Call::Start`].
    Start(StartAnswer),
    /// To [`Call::Complete`] and [`Call::Delete`]: an empty body.
    Done,
    /// To [`Call::Batch`].
    Batch(BatchAnswer),
    /// To [`Call::Get`].
    Get(FileMetadata),
    /// To [`Call::Describe`].
    Describe(ConfigurationAnswer),
    /// To [`Call::Search`].
    Search(SearchAnswer),
}

/// No good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// No answer at all: the call may or may not have taken effect.
    NoAnswer,
    /// A 2xx whose body does not read as the operation's answer.
    Unreadable {
        /// HTTP status.
        status: u16,
    },
    /// An answer that is an error.
    Refused(ServiceError),
}

/// An error answer of Connect, of Cases or of the backend, which speaks the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceError {
    /// HTTP status.
    pub status: u16,
    /// The exception's name without namespace, empty when there is none.
    pub name: String,
    /// Why, as a code of ours.
    pub code: Code,
    /// `x-amzn-requestid`.
    pub request_id: Option<String>,
    /// `Retry-After` in milliseconds, at most a minute. A date is not read.
    pub retry_after_ms: Option<u64>,
}

/// What of an answer's headers matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerHeaders {
    /// `x-amzn-errortype`
    pub error_type: Option<String>,
    /// `x-amzn-requestid`
    pub request_id: Option<String>,
    /// `Retry-After`
    pub retry_after: Option<String>,
}

/// Longest `Retry-After` that is obeyed, in seconds. Longer than any pause of the engine's own; an
/// agent who is told of *waiting for Amazon Connect* should see it tried again within a minute, and a
/// gate lets one call try.
const MAX_RETRY_AFTER_S: u64 = 60;

impl ServiceError {
    /// Reads an error answer. The exception's name is taken from the header, else from body `code`,
    /// else from `__type`; a namespace before `#` and anything after `:` are cut off.
    #[must_use]
    pub fn read(status: u16, headers: AnswerHeaders, body: &ErrorBody) -> Self {
        let words = [&headers.error_type, &body.code, &body.kind];
        let said =
            words.into_iter().flatten().map(|word| word.trim()).find(|word| !word.is_empty());
        let name = said.unwrap_or_default();
        // The part after the colon is a URL and may hold a `#` of its own.
        let name = name.split_once(':').map_or(name, |(head, _)| head);
        let name = name.split_once('#').map_or(name, |(_, tail)| tail).to_owned();
        let code = code_of(status, &name, body);
        let retry_after_ms = headers
            .retry_after
            .and_then(|seconds| seconds.trim().parse::<u64>().ok())
            // None is no pause at all: the engine's own is better.
            .filter(|&seconds| seconds > 0)
            .map(|seconds| seconds.min(MAX_RETRY_AFTER_S) * 1_000);
        Self { status, name, code, request_id: headers.request_id, retry_after_ms }
    }
}

fn code_of(status: u16, name: &str, body: &ErrorBody) -> Code {
    let reason = body.reason.as_ref();
    match (status, name) {
        (429, _) | (_, "ThrottlingException" | "TooManyRequestsException") => Code::Throttled,
        (401, _) => Code::Unauthenticated,
        (402, _) | (_, "ServiceQuotaExceededException") => {
            match reason.and_then(|r| r.quota.as_deref()) {
                Some("TOTAL_FILE_SIZE_EXCEEDED") => Code::TotalSizeExceeded,
                Some("TOTAL_FILE_COUNT_EXCEEDED") => Code::TotalCountExceeded,
                _ => Code::QuotaExceeded,
            }
        }
        (403, _) => Code::AccessDenied,
        (404, _) => Code::NotFound,
        (409, _) => Code::Conflict,
        (500.., _) | (408, _) => Code::ServiceError,
        _ => match reason.and_then(|r| r.invalid_request.as_deref()) {
            Some("INVALID_FILE_SIZE") => Code::InvalidFileSize,
            Some("INVALID_FILE_TYPE") => Code::InvalidFileType,
            Some("INVALID_FILE_NAME") => Code::InvalidFileName,
            _ => Code::InvalidRequest,
        },
    }
}

impl CallError {
    /// Whether the call may have taken effect although no answer says so.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        match self {
            Self::NoAnswer | Self::Unreadable { .. } => true,
            Self::Refused(error) => error.code == Code::ServiceError,
        }
    }

    /// Whether repeating the same call may help: no answer, 408 and 5xx. Throttling is not counted
    /// here, it closes the operation's gate instead.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::NoAnswer => true,
            Self::Unreadable { .. } => false,
            Self::Refused(error) => error.code == Code::ServiceError,
        }
    }

    /// The failure to show when nothing more can be done.
    #[must_use]
    pub fn failure(&self, stage: Stage) -> Failure {
        match self {
            Self::NoAnswer => Failure::new(stage, Code::BackendUnreachable, true),
            Self::Unreadable { status } => Failure {
                status: Some(*status),
                ..Failure::new(stage, Code::UnexpectedAnswer, true)
            },
            Self::Refused(error) => Failure {
                status: Some(error.status),
                service_code: (!error.name.is_empty()).then(|| error.name.clone()),
                request_id: error.request_id.clone(),
                ..Failure::new(stage, error.code, may_change(error.code))
            },
        }
    }
}

/// Whether a person's *retry* makes sense: the cause may have gone meanwhile.
fn may_change(code: Code) -> bool {
    !matches!(
        code,
        Code::InvalidFileSize
            | Code::InvalidFileType
            | Code::InvalidFileName
            | Code::InvalidRequest
    )
}
