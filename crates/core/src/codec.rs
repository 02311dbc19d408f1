//! Between the messages of [`crate::wire`] and JSON: what a call sends, what an answer says.

use crate::call::{Answer, Call, Operation};
use crate::json::Json;
use crate::redact::SecretUrl;
use crate::wire::{
    AllowedExtension, BatchAnswer, ConfigurationAnswer, CreatedBy, DownloadUrl, ErrorBody,
    ErrorReason, ExtensionConfiguration, FileError, FileMetadata, RELATED_ITEMS_PAGE, SearchAnswer,
    StartAnswer, UploadUrl,
};

impl Call {
    /// The body it sends, if it sends one.
    #[must_use]
    pub fn body(&self) -> Option<Json> {
        match self {
            Self::Start(request) => Some(Json::object([
                ("ClientToken", request.client_token.as_str().into()),
                ("FileName", request.file_name.as_str().into()),
                ("FileSizeInBytes", request.file_size_in_bytes.into()),
                ("FileUseCaseType", request.file_use_case_type.as_str().into()),
                ("UrlExpiryInSeconds", u64::from(request.url_expiry_in_seconds).into()),
                ("Tags", request.tags.as_ref().map_or(Json::Null, texts)),
            ])),
            Self::Batch(request) => {
                let ids = request.file_ids.iter().map(String::as_str).collect();
                Some(Json::object([("FileIds", ids)]))
            }
            // An empty condition: files, whichever.
            Self::Search(request) => Some(Json::object([
                ("filters", Json::List(vec![Json::object([("file", Json::object([]))])])),
                ("maxResults", RELATED_ITEMS_PAGE.into()),
                ("nextToken", request.next_token.as_deref().into()),
            ])),
            Self::Complete { .. } | Self::Get { .. } | Self::Delete { .. } | Self::Describe => None,
        }
    }
}

impl Answer {
    /// Whether a good answer to this operation has a body worth reading.
    #[must_use]
    pub fn has_body(operation: Operation) -> bool {
        !matches!(operation, Operation::Complete | Operation::Delete)
    }

    /// Reads a good answer. `None` when the body is no object.
    #[must_use]
    pub fn read(operation: Operation, body: Json) -> Option<Self> {
        if !Self::has_body(operation) {
            return Some(Self::Done);
        }
        let Json::Object(_) = body else { return None };
        Some(match operation {
            Operation::Start => Self::Start(start_answer(body)),
            Operation::Batch => Self::Batch(batch_answer(body)),
            Operation::Get => Self::Get(file_metadata(body)),
            Operation::Describe => Self::Describe(configuration(body)),
            Operation::Search => Self::Search(search_answer(body)),
            Operation::Complete | Operation::Delete => Self::Done,
        })
    }
}

impl ErrorBody {
    /// Reads the body of an error answer; whatever it is not reads as missing.
    #[must_use]
    pub fn read(mut body: Json) -> Self {
        Self {
            message: body.take_text("Message").or_else(|| body.take_text("message")),
            code: body.take_text("code"),
            kind: body.take_text("__type"),
            reason: body.take_object("Reason").map(|mut reason| ErrorReason {
                invalid_request: reason.take_text("AttachedFileInvalidRequestExceptionReason"),
                quota: reason.take_text("AttachedFileServiceQuotaExceededExceptionReason"),
            }),
        }
    }
}

fn texts(table: &crate::table::Table<String, String>) -> Json {
    Json::Object(table.iter().map(|(name, text)| (name.clone(), text.as_str().into())).collect())
}

fn start_answer(mut body: Json) -> StartAnswer {
    StartAnswer {
        file_arn: body.take_text("FileArn"),
        file_id: body.take_text("FileId"),
        creation_time: body.take_text("CreationTime"),
        file_status: body.take_text("FileStatus").map(Into::into),
        created_by: created_by(&mut body),
        upload_url_metadata: body.take_object("UploadUrlMetadata").map(|mut upload| UploadUrl {
            url: upload.take_text("Url").map(SecretUrl::new),
            url_expiry: upload.take_text("UrlExpiry"),
            headers_to_include: upload.take("HeadersToInclude").into_texts(),
        }),
    }
}

fn batch_answer(mut body: Json) -> BatchAnswer {
    let error = |mut error: Json| FileError {
        error_code: error.take_text("ErrorCode"),
        error_message: error.take_text("ErrorMessage"),
        file_id: error.take_text("FileId"),
    };
    BatchAnswer {
        files: body.take_list("Files").into_iter().map(file_metadata).collect(),
        errors: body.take_list("Errors").into_iter().map(error).collect(),
    }
}

fn file_metadata(mut body: Json) -> FileMetadata {
    FileMetadata {
        file_id: body.take_text("FileId"),
        file_arn: body.take_text("FileArn"),
        file_name: body.take_text("FileName"),
        file_size_in_bytes: body.take_number("FileSizeInBytes"),
        file_status: body.take_text("FileStatus").map(Into::into),
        file_use_case_type: body.take_text("FileUseCaseType").map(Into::into),
        associated_resource_arn: body.take_text("AssociatedResourceArn"),
        creation_time: body.take_text("CreationTime"),
        created_by: created_by(&mut body),
        tags: body.take_object("Tags").map(Json::into_texts),
        download_url_metadata: body.take_object("DownloadUrlMetadata").map(|mut download| {
            DownloadUrl {
                url: download.take_text("Url").map(SecretUrl::new),
                url_expiry: download.take_text("UrlExpiry"),
            }
        }),
    }
}

fn created_by(body: &mut Json) -> Option<CreatedBy> {
    body.take_object("CreatedBy").map(|mut by| CreatedBy {
        connect_user_arn: by.take_text("ConnectUserArn"),
        aws_identity_arn: by.take_text("AWSIdentityArn"),
    })
}

fn configuration(mut body: Json) -> ConfigurationAnswer {
    let extension =
        |mut allowed: Json| Some(AllowedExtension { extension: allowed.take_text("Extension")? });
    let mut body = body.take("AttachedFilesConfiguration");
    ConfigurationAnswer {
        maximum_size_limit_in_bytes: body.take_number("MaximumSizeLimitInBytes"),
        extension_configuration: body.take_object("ExtensionConfiguration").map(|mut list| {
            let extensions = list.take_list("AllowedExtensions").into_iter();
            ExtensionConfiguration {
                allowed_extensions: extensions.filter_map(extension).collect(),
            }
        }),
    }
}

fn search_answer(mut body: Json) -> SearchAnswer {
    // The list is sparse in the model: it may hold nulls, and related items of other kinds.
    let file_arn = |mut item: Json| item.take("content").take("file").take_text("fileArn");
    SearchAnswer {
        file_arns: body.take_list("relatedItems").into_iter().filter_map(file_arn).collect(),
        next_token: body.take_text("nextToken"),
    }
}
