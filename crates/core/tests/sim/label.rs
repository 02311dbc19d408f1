//! The user's files carry a tag that tells them apart: several may have the same name.

use connect_attached_files_core::pick::SourceId;
use connect_attached_files_core::wire::StartRequest;

/// The key of the tag by which the user's files are told apart.
const SOURCE_TAG: &str = "source";

/// The tags of a file of the user's.
pub(crate) fn source_tag(source: SourceId) -> Vec<(String, String)> {
    vec![(SOURCE_TAG.to_owned(), source.0.to_string())]
}

/// Which file a start is for.
pub(crate) fn source_of(request: &StartRequest) -> Option<String> {
    request.tags.as_ref()?.get(&SOURCE_TAG.to_owned()).cloned()
}
