//! What the host says: where the backend is, which case, how to prove who asks.

use std::rc::Rc;

use connect_attached_files_core::call::CallError;
use connect_attached_files_core::duplicates::Duplicates;
use connect_attached_files_core::resource::{Resource, ResourceError};
use connect_attached_files_core::session;

use crate::edge::api::LocalFuture;

/// Settings of one widget.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Base URL of the backend, with or without a slash at its end.
    pub endpoint: String,
    /// Amazon Connect instance id, 1 to 100 characters.
    pub instance_id: String,
    /// ARN of the case, or of the contact for email.
    pub resource: String,
    /// Most files on the case, when the host knows; no operation tells it. Connect's default is 50.
    pub max_files: Option<usize>,
    /// Files sent at the same time, 3 when not given.
    pub concurrency: Option<usize>,
    /// Key of a tag that keeps the SHA-256 of each file in hexadecimal, compared on download; 1 to 128
    /// characters. Off when not given: it needs the right `connect:TagResource`.
    pub checksum_tag: Option<String>,
    /// Most bytes of all files of the case together, when the host knows; no operation tells it.
    pub max_total_bytes: Option<u64>,
    /// What becomes of a file whose name the case or the batch has already.
    pub duplicates: Duplicates,
    /// Whether files wait for someone to start them.
    pub manual_start: bool,
    /// What people may do.
    pub mode: Mode,
    /// `capture` of the picker, such as `environment`: on phones the camera opens. Off when empty.
    pub capture: String,
    /// `dense` or `comfortable`, which an empty one means.
    pub density: String,
    /// Tags of files added from now on: at most 50, keys of 1 to 128 characters that do not begin with
    /// `aws:`, values of at most 256. They need the right `connect:TagResource`.
    pub tags: Vec<(String, String)>,
}

/// What people may do with the files of a case. The host's own calls are not held back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Everything.
    #[default]
    Normal,
    /// Look at files and save them.
    ReadOnly,
    /// Nothing.
    Disabled,
}

impl Mode {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::ReadOnly => "readonly",
            Self::Disabled => "disabled",
        }
    }
}

impl Config {
    /// The resource named by both ids; `None` as long as one of them is empty.
    ///
    /// # Errors
    /// [`ResourceError`] when an id is out of bounds or the ARN is of another kind.
    pub fn resource(&self) -> Result<Option<Resource>, ResourceError> {
        if self.instance_id.is_empty() || self.resource.is_empty() {
            return Ok(None);
        }
        Resource::new(self.instance_id.trim(), self.resource.trim()).map(Some)
    }

    pub(crate) fn checksum_tag(&self) -> Option<String> {
        self.checksum_tag.clone().filter(|tag| !tag.is_empty())
    }

    pub(crate) fn session(&self) -> session::Config {
        let defaults = session::Config::default();
        session::Config {
            concurrency: self.concurrency.unwrap_or(defaults.concurrency).max(1),
            max_files: self.max_files,
            checksum_tag: self.checksum_tag(),
            ..defaults
        }
    }
}

type ReadHeaders = dyn Fn() -> LocalFuture<Option<Vec<(String, String)>>>;

/// Headers the host adds to calls to its backend, read anew for each call: a token may have been
/// renewed meanwhile. They never go to S3.
#[derive(Clone, Default)]
pub struct HeaderSource(Option<Rc<ReadHeaders>>);

impl HeaderSource {
    /// Asks `read` before each call; `None` from it means that the host could not provide them.
    pub fn new(read: impl Fn() -> LocalFuture<Option<Vec<(String, String)>>> + 'static) -> Self {
        Self(Some(Rc::new(read)))
    }

    /// The same headers for each call.
    #[must_use]
    pub fn fixed(headers: Vec<(String, String)>) -> Self {
        Self::new(move || {
            let headers = headers.clone();
            Box::pin(async move { Some(headers) })
        })
    }

    pub(crate) async fn read(&self) -> Result<Vec<(String, String)>, CallError> {
        match &self.0 {
            None => Ok(Vec::new()),
            Some(read) => read().await.ok_or(CallError::NoAnswer),
        }
    }
}
