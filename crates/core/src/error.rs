//! One failure type for every step: what failed, why, and whether trying again can help.

/// The step of a file's way at which something failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading the instance's limits.
    Limits,
    /// Listing what the case holds.
    List,
    /// Reading the file for its checksum.
    Checksum,
    /// `StartAttachedFileUpload`.
    Start,
    /// The PUT to the pre-signed URL.
    Put,
    /// `CompleteAttachedFileUpload`.
    Complete,
    /// Waiting for the verdict.
    Watch,
    /// Download.
    Download,
    /// `DeleteAttachedFile`.
    Delete,
}

impl Stage {
    /// Stable name, part of the public error object.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Limits => "limits",
            Self::List => "list",
            Self::Checksum => "checksum",
            Self::Start => "start",
            Self::Put => "put",
            Self::Complete => "complete",
            Self::Watch => "watch",
            Self::Download => "download",
            Self::Delete => "delete",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Why something failed: a stable code, one per meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// Stable name, part of the public error object.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// The backend did not accept who is asking (HTTP 401).
    Unauthenticated = "unauthenticated",
    /// The caller may not do this (403 `AccessDeniedException`).
    AccessDenied = "access_denied",
    /// Connect refused the size (`INVALID_FILE_SIZE`).
    InvalidFileSize = "invalid_file_size",
    /// Connect refused the type (`INVALID_FILE_TYPE`).
    InvalidFileType = "invalid_file_type",
    /// Connect refused the name (`INVALID_FILE_NAME`).
    InvalidFileName = "invalid_file_name",
    /// Connect refused the request for another reason.
    InvalidRequest = "invalid_request",
    /// The file, case or instance does not exist (404).
    NotFound = "not_found",
    /// 409: Connect reports a name in use.
    Conflict = "conflict",
    /// 402 `TOTAL_FILE_SIZE_EXCEEDED`.
    TotalSizeExceeded = "total_file_size_exceeded",
    /// 402 `TOTAL_FILE_COUNT_EXCEEDED`.
    TotalCountExceeded = "total_file_count_exceeded",
    /// 402 without a reason known here.
    QuotaExceeded = "quota_exceeded",
    /// Connect kept answering 429 until the budget ended.
    Throttled = "throttled",
    /// Connect or the backend kept failing (5xx).
    ServiceError = "service_error",
    /// No answer from the backend.
    BackendUnreachable = "backend_unreachable",
    /// An answer that cannot be understood.
    UnexpectedAnswer = "unexpected_answer",
    /// The pre-signed URL ran out, also after new ones.
    UrlExpired = "url_expired",
    /// S3: `SignatureDoesNotMatch`.
    SignatureMismatch = "signature_mismatch",
    /// S3: `HeadersNotSigned`.
    HeadersNotSigned = "headers_not_signed",
    /// S3 denied access for another reason (rights of the signer, bucket policy, KMS).
    StorageDenied = "storage_denied",
    /// S3 refused the request (other 4xx).
    StorageRefused = "storage_refused",
    /// S3 kept failing (5xx, time-outs).
    StorageError = "storage_error",
    /// No PUT ever got an answer from the bucket while the backend answers: CORS rule or firewall.
    BucketUnreachable = "bucket_unreachable",
    /// The connection broke, also after repeats.
    NetworkLost = "network_lost",
    /// The file on disk changed, moved or cannot be read any more.
    FileUnreadable = "file_unreadable",
    /// The page or the widget went away before the file was sent; only its name and size are known here.
    Interrupted = "interrupted",
    /// An interrupted upload of which Connect has no bytes.
    NotReceived = "not_received",
    /// Connect says the upload was never finished (`UPLOAD_EXPIRED`).
    UploadExpired = "upload_expired",
    /// The file is not approved, so it cannot be downloaded.
    NotApproved = "not_approved",
    /// Fewer bytes arrived than the file has.
    DownloadIncomplete = "download_incomplete",
    /// The bytes that came are not those the file's checksum tag was made of.
    DownloadChanged = "download_changed",
    /// The browser would not save the file (sandbox without `allow-downloads`).
    SaveBlocked = "save_blocked",
}

/// What is known of something that failed. Holds no URL, no header and no file content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where.
    pub stage: Stage,
    /// Why.
    pub code: Code,
    /// Whether the same action may succeed when tried again.
    pub retryable: bool,
    /// HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// The service's own word for it: an exception name or an S3 error code.
    pub service_code: Option<String>,
    /// Request id for support.
    pub request_id: Option<String>,
}

impl Failure {
    /// A failure known by stage and code alone.
    #[must_use]
    pub fn new(stage: Stage, code: Code, retryable: bool) -> Self {
        Self { stage, code, retryable, status: None, service_code: None, request_id: None }
    }
}
