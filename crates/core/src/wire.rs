//! The messages of Amazon Connect's attached-file operations, as they stand on the wire.
//!
//! Names and bounds are those of the service model (API version 2017-08-08). Nearly every member is
//! optional there, so it is here; unknown members are ignored and unknown enum values kept, so that
//! what AWS adds passes through without a release.

use std::fmt;

use crate::redact::{HeaderNames, SecretUrl};
use crate::table::Table;

/// `FileName`: at most this many characters.
pub const FILE_NAME_MAX: usize = 256;
/// `FileIds` of one batch: at most this many.
pub const BATCH_MAX: usize = 100;
/// `maxResults` of a related-items search: at most this many.
pub const RELATED_ITEMS_PAGE: u64 = 25;
/// `UrlExpiryInSeconds`: 5 to 300, and 300 when not given.
pub const URL_EXPIRY_SECONDS: std::ops::RangeInclusive<u16> = 5..=300;
/// `Tags`: at most this many entries when the map is present; an empty map is invalid.
pub const TAGS_MAX: usize = 50;
/// A tag's key: 1 to this many characters, not beginning with `aws:`.
pub const TAG_KEY_MAX: usize = 128;
/// A tag's value: at most this many characters.
pub const TAG_VALUE_MAX: usize = 256;

macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)*
            /// A value this release does not know, kept as it came.
            Unknown(String),
        }

        impl $name {
            /// The value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self { $(Self::$variant => $text,)* Self::Unknown(text) => text }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match text.as_str() { $($text => Self::$variant,)* _ => Self::Unknown(text) }
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                match value { $name::Unknown(text) => text, known => known.as_str().to_owned() }
            }
        }
    };
}

open_enum! {
    /// `FileStatusType`. The last three are known from the Connect SDK's file client only.
    FileStatus {
        /// The scanner let it pass.
        Approved = "APPROVED",
        /// The scanner refused it.
        Rejected = "REJECTED",
        /// Uploaded, no verdict yet.
        Processing = "PROCESSING",
        /// Processing broke.
        Failed = "FAILED",
        /// New and undocumented.
        Drafting = "DRAFTING",
        /// Started, bytes not yet sent.
        PendingUpload = "PENDING_UPLOAD",
        /// Started, never completed.
        UploadExpired = "UPLOAD_EXPIRED",
        /// Deleted.
        Deleted = "DELETED",
    }
}

open_enum! {
    /// `FileUseCaseType`. Start accepts `ATTACHMENT` only.
    FileUseCase {
        /// What people attach.
        Attachment = "ATTACHMENT",
        /// The body of an email.
        EmailMessage = "EMAIL_MESSAGE",
    }
}

/// `CreatedBy`: one of both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreatedBy {
    /// A Connect user, as the backend fills it in.
    pub connect_user_arn: Option<String>,
    /// The calling identity; derived by the service, callers cannot set it.
    pub aws_identity_arn: Option<String>,
}

/// Body of `StartAttachedFileUpload`. `CreatedBy` is left to the backend, who knows the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartRequest {
    /// Makes a repeated start the same start; at most 500 characters.
    pub client_token: String,
    /// 1 to 256 characters, none of Unicode category C.
    pub file_name: String,
    /// At least 1.
    pub file_size_in_bytes: u64,
    /// `ATTACHMENT`.
    pub file_use_case_type: FileUseCase,
    /// 5 to 300 seconds.
    pub url_expiry_in_seconds: u16,
    /// 1 to 50 entries, absent when there are none.
    pub tags: Option<Table<String, String>>,
}

/// Answer of `StartAttachedFileUpload`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartAnswer {
    /// ARN of the new file record.
    pub file_arn: Option<String>,
    /// Id of the new file record.
    pub file_id: Option<String>,
    /// ISO 8601.
    pub creation_time: Option<String>,
    /// Status of the record.
    pub file_status: Option<FileStatus>,
    /// Who made it.
    pub created_by: Option<CreatedBy>,
    /// Where and how to send the bytes.
    pub upload_url_metadata: Option<UploadUrl>,
}

/// `UploadUrlMetadata`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UploadUrl {
    /// The pre-signed URL.
    pub url: Option<SecretUrl>,
    /// ISO 8601; the widget goes by age instead, since two clocks rarely agree.
    pub url_expiry: Option<String>,
    /// Headers that were signed and must be sent as they are.
    pub headers_to_include: Table<String, String>,
}

impl fmt::Debug for UploadUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = HeaderNames(self.headers_to_include.iter().map(|(name, _)| name));
        f.debug_struct("UploadUrl").field("url", &self.url).field("headers", &names).finish()
    }
}

/// Body of `BatchGetAttachedFileMetadata`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRequest {
    /// 1 to 100 ids, all of one associated resource.
    pub file_ids: Vec<String>,
}

/// Answer of `BatchGetAttachedFileMetadata`; partial success is a 200.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchAnswer {
    /// What was found.
    pub files: Vec<FileMetadata>,
    /// What was not.
    pub errors: Vec<FileError>,
}

/// One entry of `Errors`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileError {
    /// A free string; its values are not documented.
    pub error_code: Option<String>,
    /// Words for people.
    pub error_message: Option<String>,
    /// Which file.
    pub file_id: Option<String>,
}

impl FileError {
    /// Whether the service speaks of trouble of its own rather than of the file. Its codes are not
    /// documented, so this goes by the words AWS uses for such trouble elsewhere.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        let code = self.error_code.as_deref().unwrap_or_default();
        ["Internal", "Throttl", "ServiceUnavailable", "RequestTimeout"]
            .iter()
            .any(|word| code.starts_with(word))
    }
}

/// Metadata of one file, as `BatchGetAttachedFileMetadata` and `GetAttachedFile` give it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileMetadata {
    /// File id.
    pub file_id: Option<String>,
    /// File ARN.
    pub file_arn: Option<String>,
    /// Name, case-sensitive.
    pub file_name: Option<String>,
    /// Size in bytes.
    pub file_size_in_bytes: Option<u64>,
    /// Status.
    pub file_status: Option<FileStatus>,
    /// Use case.
    pub file_use_case_type: Option<FileUseCase>,
    /// The case or contact.
    pub associated_resource_arn: Option<String>,
    /// ISO 8601, with or without milliseconds.
    pub creation_time: Option<String>,
    /// Who attached it.
    pub created_by: Option<CreatedBy>,
    /// Tags.
    pub tags: Option<Table<String, String>>,
    /// `GetAttachedFile` only, and only when the file is approved.
    pub download_url_metadata: Option<DownloadUrl>,
}

/// `DownloadUrlMetadata`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DownloadUrl {
    /// The pre-signed URL.
    pub url: Option<SecretUrl>,
    /// ISO 8601.
    pub url_expiry: Option<String>,
}

/// Answer of `DescribeAttachedFilesConfiguration`: the values in force, custom or default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigurationAnswer {
    /// 1 to 104 857 600.
    pub maximum_size_limit_in_bytes: Option<u64>,
    /// Allowed extensions.
    pub extension_configuration: Option<ExtensionConfiguration>,
}

/// `ExtensionConfiguration`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtensionConfiguration {
    /// The list.
    pub allowed_extensions: Vec<AllowedExtension>,
}

/// One allowed extension, without a dot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedExtension {
    /// 1 to 10 characters.
    pub extension: String,
}

/// Body of Cases `SearchRelatedItems`, asking for files only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRequest {
    /// Where the page before ended.
    pub next_token: Option<String>,
}

/// Answer of Cases `SearchRelatedItems`, reduced to files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchAnswer {
    /// ARNs of the attached files of this page.
    pub file_arns: Vec<String>,
    /// Present when there is more.
    pub next_token: Option<String>,
}

impl SearchAnswer {
    /// The file ids of the page: the last segment of each file ARN.
    pub fn file_ids(&self) -> impl Iterator<Item = &str> {
        let last = |arn: &str| arn.rfind('/').map_or(0, |at| at + 1);
        let ids = self.file_arns.iter().filter_map(move |arn| arn.get(last(arn)..));
        ids.filter(|id| !id.is_empty())
    }
}

/// Body of an error answer, of Connect or of Cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorBody {
    /// Words for people: `Message` of Connect, `message` of Cases.
    pub message: Option<String>,
    /// Error type, when the header is missing.
    pub code: Option<String>,
    /// Error type, when header and `code` are missing.
    pub kind: Option<String>,
    /// A union: exactly one known key, others to be tolerated.
    pub reason: Option<ErrorReason>,
}

/// The `Reason` union of `InvalidRequestException` and `ServiceQuotaExceededException`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorReason {
    /// `INVALID_FILE_SIZE`, `INVALID_FILE_TYPE` or `INVALID_FILE_NAME`.
    pub invalid_request: Option<String>,
    /// `TOTAL_FILE_SIZE_EXCEEDED` or `TOTAL_FILE_COUNT_EXCEEDED`.
    pub quota: Option<String>,
}
