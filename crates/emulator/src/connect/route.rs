//! From method and path to the operation: Start and Batch, likewise Complete, Get and Delete, differ by the
//! method only.

use http::Method;
use percent_encoding::percent_decode_str;

use super::error::Service;

/// An operation with the labels of its path, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    Start { instance: String },
    Batch { instance: String },
    Complete { instance: String, file: String },
    Get { instance: String, file: String },
    Delete { instance: String, file: String },
    Describe { instance: String, scope: String },
    Search { domain: String, case: String },
}

impl Route {
    /// `None` for anything that is not one of the seven.
    pub(crate) fn find(method: &Method, path: &str) -> Option<Self> {
        let labels: Vec<String> = path
            .strip_prefix('/')?
            .split('/')
            .map(|label| percent_decode_str(label).decode_utf8_lossy().into_owned())
            .collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let own = |text: &&str| (*text).to_owned();
        match (method.as_str(), labels.as_slice()) {
            ("PUT", ["attached-files", instance]) => Some(Self::Start { instance: own(instance) }),
            ("POST", ["attached-files", instance]) => Some(Self::Batch { instance: own(instance) }),
            ("POST", ["attached-files", instance, file]) => {
                Some(Self::Complete { instance: own(instance), file: own(file) })
            }
            ("GET", ["attached-files", instance, file]) => {
                Some(Self::Get { instance: own(instance), file: own(file) })
            }
            ("DELETE", ["attached-files", instance, file]) => {
                Some(Self::Delete { instance: own(instance), file: own(file) })
            }
            ("GET", ["attached-files-configurations", instance, scope]) => {
                Some(Self::Describe { instance: own(instance), scope: own(scope) })
            }
            ("POST", ["domains", domain, "cases", case, "related-items-search"]) => {
                Some(Self::Search { domain: own(domain), case: own(case) })
            }
            _ => None,
        }
    }

    /// AWS's name of the operation.
    pub(crate) fn operation(&self) -> &'static str {
        match self {
            Self::Start { .. } => "StartAttachedFileUpload",
            Self::Batch { .. } => "BatchGetAttachedFileMetadata",
            Self::Complete { .. } => "CompleteAttachedFileUpload",
            Self::Get { .. } => "GetAttachedFile",
            Self::Delete { .. } => "DeleteAttachedFile",
            Self::Describe { .. } => "DescribeAttachedFilesConfiguration",
            Self::Search { .. } => "SearchRelatedItems",
        }
    }

    pub(crate) fn service(&self) -> Service {
        match self {
            Self::Search { .. } => Service::Cases,
            _ => Service::Connect,
        }
    }

    /// The file a path names.
    pub(crate) fn file(&self) -> Option<&str> {
        match self {
            Self::Complete { file, .. } | Self::Get { file, .. } | Self::Delete { file, .. } => {
                Some(file)
            }
            _ => None,
        }
    }
}
