//! The seven operations this gateway knows. What is not here is not forwarded.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::routing::{MethodFilter, on};
use http::Method;

use crate::error::Dialect;
use crate::gateway::Gateway;

/// An operation of Amazon Connect, or of Cases for the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Announces a file and gets the address to put it to.
    StartAttachedFileUpload,
    /// Names, sizes and states of up to 100 files.
    BatchGetAttachedFileMetadata,
    /// Tells that the bytes are there.
    CompleteAttachedFileUpload,
    /// One file with its download address.
    GetAttachedFile,
    /// Deletes one file.
    DeleteAttachedFile,
    /// Limits of size and extension.
    DescribeAttachedFilesConfiguration,
    /// What hangs on a case.
    SearchRelatedItems,
}

/// What body an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyRule {
    /// None; one that comes is not forwarded.
    None,
    /// None today; a JSON object passes, for members that AWS may add.
    Optional,
    /// A JSON object.
    Object,
    /// A JSON object whose `CreatedBy` is the gateway's to say.
    Upload,
}

/// The service behind an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Amazon Connect itself.
    Connect,
    /// Amazon Connect Cases.
    Cases,
}

impl Service {
    /// Name in the SigV4 credential scope, and first label of the host.
    pub(crate) fn signing_name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Cases => "cases",
        }
    }
}

const INSTANCE: &str = "/attached-files/{InstanceId}";
const FILE: &str = "/attached-files/{InstanceId}/{FileId}";
const CONFIGURATION: &str = "/attached-files-configurations/{InstanceId}/{AttachmentScope}";
const RELATED_ITEMS: &str = "/domains/{domainId}/cases/{caseId}/related-items-search";

impl Operation {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::StartAttachedFileUpload,
        Self::BatchGetAttachedFileMetadata,
        Self::CompleteAttachedFileUpload,
        Self::GetAttachedFile,
        Self::DeleteAttachedFile,
        Self::DescribeAttachedFilesConfiguration,
        Self::SearchRelatedItems,
    ];

    fn route(self) -> (MethodFilter, Method, &'static str) {
        match self {
            Self::StartAttachedFileUpload => (MethodFilter::PUT, Method::PUT, INSTANCE),
            Self::BatchGetAttachedFileMetadata => (MethodFilter::POST, Method::POST, INSTANCE),
            Self::CompleteAttachedFileUpload => (MethodFilter::POST, Method::POST, FILE),
            Self::GetAttachedFile => (MethodFilter::GET, Method::GET, FILE),
            Self::DeleteAttachedFile => (MethodFilter::DELETE, Method::DELETE, FILE),
            Self::DescribeAttachedFilesConfiguration => {
                (MethodFilter::GET, Method::GET, CONFIGURATION)
            }
            Self::SearchRelatedItems => (MethodFilter::POST, Method::POST, RELATED_ITEMS),
        }
    }

    /// HTTP method.
    #[must_use]
    pub fn method(self) -> Method {
        self.route().1
    }

    pub(crate) fn service(self) -> Service {
        match self {
            Self::SearchRelatedItems => Service::Cases,
            _ => Service::Connect,
        }
    }

    pub(crate) fn dialect(self) -> Dialect {
        match self {
            Self::DescribeAttachedFilesConfiguration => Dialect::Configuration,
            Self::SearchRelatedItems => Dialect::Cases,
            _ => Dialect::Files,
        }
    }

    pub(crate) fn body_rule(self) -> BodyRule {
        match self {
            Self::StartAttachedFileUpload => BodyRule::Upload,
            Self::BatchGetAttachedFileMetadata | Self::SearchRelatedItems => BodyRule::Object,
            Self::CompleteAttachedFileUpload => BodyRule::Optional,
            Self::GetAttachedFile
            | Self::DeleteAttachedFile
            | Self::DescribeAttachedFilesConfiguration => BodyRule::None,
        }
    }
}

/// A router of the seven and nothing else.
pub(crate) fn routes() -> Router<Arc<Gateway>> {
    Operation::ALL.into_iter().fold(Router::new(), |router, operation| {
        let (filter, _, path) = operation.route();
        let handler = move |State(gateway): State<Arc<Gateway>>, request: Request| async move {
            gateway.answer(operation, request).await
        };
        router.route(path, on(filter, handler))
    })
}
