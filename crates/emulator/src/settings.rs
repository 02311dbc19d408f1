//! Everything about the emulated services that a test may want otherwise.
//!
//! Besides limits and timing these are the open questions about the live service (reference, section 7): each is
//! one setting with every outcome that seems possible, the likeliest one as the default.

mod choices;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use choices::*;

/// Settings of a running emulator; `PATCH /settings` takes any subset of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// Calls a second and operation that refill the bucket.
    pub rate_per_second: f64,
    /// Calls an operation may make at once.
    pub burst: f64,
    /// The same for the Cases search, whose burst differs.
    pub cases_burst: f64,
    /// Whether calls are throttled at all.
    pub rate_limited: bool,
    /// Files a resource may hold; `None` for no limit.
    pub max_files_per_resource: Option<usize>,
    /// Bytes a resource may hold in all; `None` for no limit.
    pub max_total_bytes: Option<u64>,
    /// Whether files that were started but never completed count towards both.
    pub pending_counts: bool,
    /// Forget files that were never completed after this many milliseconds; `None` keeps them.
    pub abandoned_after_ms: Option<i64>,
    /// Largest file, bytes.
    pub maximum_size_limit_in_bytes: u64,
    /// Extensions allowed, without the dot.
    pub allowed_extensions: Vec<String>,
    /// What differs per scope (`CASE`, `EMAIL`, `CHAT`, `TASK`).
    pub per_scope: BTreeMap<String, ScopeLimits>,
    /// Describe answers 403.
    pub describe_denied: bool,
    /// From Complete to the verdict, milliseconds on the driven clock.
    pub scan_delay_ms: i64,
    /// The scanner never answers.
    pub scanner_silent: bool,
    /// The EICAR test string in the content ends as REJECTED.
    pub reject_eicar: bool,
    /// A name that contains one of these ends as FAILED.
    pub fail_names: Vec<String>,
    /// A name that contains one of these ends as REJECTED.
    pub reject_names: Vec<String>,
    /// Two files of one name on one resource.
    pub duplicate_names: DuplicateNames,
    /// A Start whose client token was seen before.
    pub token_replay: TokenReplay,
    /// Status between Start and Complete.
    pub status_before_complete: String,
    /// Complete without an object under the URL.
    pub complete_without_object: BadComplete,
    /// Complete when the object's size is not the one given at Start.
    pub complete_with_other_size: BadComplete,
    /// Complete of a completed file.
    pub complete_twice: CompleteTwice,
    /// When the case lists the file.
    pub related_item_appears: RelatedItemAppears,
    /// How long the case still lists a deleted file, milliseconds.
    pub related_item_lingers_ms: i64,
    /// Put a null before every listed item: the model calls the list sparse.
    pub related_items_sparse: bool,
    /// `ErrorCode` of a file that Batch cannot find.
    pub batch_error_code: String,
    /// Whether Batch lists rejected files as files or as errors.
    pub batch_rejected: BatchRejected,
    /// `HeadersToInclude` of Start.
    pub headers_to_include: HeadersToInclude,
    /// How a name goes into Content-Disposition.
    pub content_disposition_name: DispositionName,
    /// Unit of the 256 of `FileName`.
    pub name_unit: NameUnit,
    /// Answer to an ARN or instance that is not the emulator's, where the model has no 404.
    pub foreign_resource: ForeignResource,
    /// Where errors of Connect carry their type.
    pub error_type: ErrorTypeStyle,
    /// `AllowedOrigins` of the bucket's CORS rule (each with at most one `*`); empty for no rule.
    pub s3_cors_origins: Vec<String>,
    /// `AllowedHeaders` of that rule.
    pub s3_cors_headers: Vec<String>,
    /// S3's error answers carry CORS headers too.
    pub s3_cors_on_errors: bool,
    /// Host style of the URLs.
    pub url_style: UrlStyle,
    /// What S3 says to a PUT with `Transfer-Encoding: chunked`.
    pub s3_chunked_put: ChunkedPut,
    /// S3 gives up on a request body that stands still this long, milliseconds on the driven clock.
    pub s3_idle_timeout_ms: u64,
    /// S3 accepts a URL signed this far in its future, milliseconds.
    pub s3_early_tolerance_ms: i64,
    /// An unsigned `x-amz-content-sha256` is let through (reports disagree).
    pub s3_unsigned_sha256_allowed: bool,
    /// Checksums that a presigner moved into the query are compared; S3 itself is said to ignore them there.
    pub s3_hoisted_checksums_checked: bool,
    /// S3 reads request bodies no faster than this; `None` for as fast as it can.
    pub s3_bytes_per_second: Option<u64>,
}

/// Limits of one scope, where they differ from the common ones.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ScopeLimits {
    /// Largest file, bytes.
    pub maximum_size_limit_in_bytes: Option<u64>,
    /// Extensions allowed, without the dot.
    pub allowed_extensions: Option<Vec<String>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rate_per_second: 2.0,
            burst: 5.0,
            cases_burst: 10.0,
            rate_limited: true,
            max_files_per_resource: Some(50),
            max_total_bytes: None,
            pending_counts: true,
            abandoned_after_ms: None,
            maximum_size_limit_in_bytes: 20 * 1024 * 1024,
            allowed_extensions: [
                "csv", "doc", "docx", "heic", "jfif", "jpeg", "jpg", "mov", "mp4", "pdf", "png",
                "ppt", "pptx", "rtf", "txt", "wav", "xls", "xlsx",
            ]
            .map(str::to_owned)
            .to_vec(),
            per_scope: BTreeMap::new(),
            describe_denied: false,
            scan_delay_ms: 1500,
            scanner_silent: false,
            reject_eicar: true,
            fail_names: vec!["scan-fails".to_owned()],
            reject_names: vec!["virus".to_owned()],
            duplicate_names: DuplicateNames::Allow,
            token_replay: TokenReplay::SameFile,
            status_before_complete: "PROCESSING".to_owned(),
            complete_without_object: BadComplete::InvalidRequest,
            complete_with_other_size: BadComplete::InvalidRequest,
            complete_twice: CompleteTwice::Ok,
            related_item_appears: RelatedItemAppears::Complete,
            related_item_lingers_ms: 0,
            related_items_sparse: false,
            batch_error_code: "ResourceNotFoundException".to_owned(),
            batch_rejected: BatchRejected::File,
            headers_to_include: HeadersToInclude::Named(HeaderSet::Chat),
            content_disposition_name: DispositionName::Encoded,
            name_unit: NameUnit::CodePoints,
            foreign_resource: ForeignResource::InvalidRequest,
            error_type: ErrorTypeStyle::Plain,
            s3_cors_origins: vec!["*".to_owned()],
            s3_cors_headers: vec!["*".to_owned()],
            s3_cors_on_errors: true,
            url_style: UrlStyle::Path,
            s3_chunked_put: ChunkedPut::MissingContentLength,
            s3_idle_timeout_ms: 20_000,
            s3_early_tolerance_ms: 0,
            s3_unsigned_sha256_allowed: false,
            s3_hoisted_checksums_checked: false,
            s3_bytes_per_second: None,
        }
    }
}

impl Settings {
    /// Neither rate nor count limit: for soak runs and benchmarks.
    #[must_use]
    pub fn lifted() -> Self {
        Self { rate_limited: false, max_files_per_resource: None, ..Self::default() }
    }

    /// These settings with the members of `patch` in place of the old ones.
    ///
    /// # Errors
    /// An unknown name or a value of the wrong kind; the settings stay as they were then.
    pub fn patched(&self, patch: &Value) -> Result<Self, serde_json::Error> {
        let mut all = serde_json::to_value(self)?;
        if let (Value::Object(all), Value::Object(patch)) = (&mut all, patch) {
            all.extend(patch.clone());
        }
        serde_json::from_value(all)
    }

    /// Largest file of a scope, bytes.
    pub(crate) fn max_size(&self, scope: &str) -> u64 {
        self.per_scope
            .get(scope)
            .and_then(|s| s.maximum_size_limit_in_bytes)
            .unwrap_or(self.maximum_size_limit_in_bytes)
    }

    /// Extensions of a scope.
    pub(crate) fn extensions(&self, scope: &str) -> &[String] {
        self.per_scope
            .get(scope)
            .and_then(|s| s.allowed_extensions.as_deref())
            .unwrap_or(&self.allowed_extensions)
    }
}
