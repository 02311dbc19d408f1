//! The rules of the instance: how large, which types, how many.

use crate::wire::ConfigurationAnswer;

/// Default of Connect: 20 MB, which the service counts as 20 971 520 bytes.
pub const DEFAULT_MAX_BYTES: u64 = 20 * 1_024 * 1_024;

/// Connect's default extensions (feature specifications of the administrator guide).
const DEFAULT_EXTENSIONS: &[&str] = &[
    "csv", "doc", "docx", "heic", "jfif", "jpeg", "jpg", "mov", "mp4", "pdf", "png", "ppt", "pptx",
    "rtf", "txt", "wav", "xls", "xlsx",
];

/// Where the limits in force come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitsSource {
    /// The instance has been asked, no answer yet: nothing is started before it comes.
    Awaited,
    /// The instance's own configuration.
    Instance,
    /// Connect's defaults, because the instance's could not be read.
    Defaults,
}

/// What a file must keep to before any call is made for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest size of one file, in bytes.
    pub max_bytes: u64,
    /// Allowed extensions, lower case, without a dot, sorted. Empty means any.
    pub extensions: Vec<String>,
    /// Most files on one resource, when the host says so; no operation tells it.
    pub max_files: Option<usize>,
    /// Most bytes on one resource together, when the host says so.
    pub max_total_bytes: Option<u64>,
    /// Where these come from.
    pub source: LimitsSource,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: DEFAULT_MAX_BYTES,
            extensions: DEFAULT_EXTENSIONS.iter().map(|&e| e.to_owned()).collect(),
            max_files: None,
            max_total_bytes: None,
            source: LimitsSource::Awaited,
        }
    }
}

impl Limits {
    /// Takes over what the instance says; what it leaves out stays at the default.
    pub(crate) fn learn(&mut self, answer: &ConfigurationAnswer) {
        let defaults = Self::default();
        self.max_bytes = answer.maximum_size_limit_in_bytes.unwrap_or(defaults.max_bytes);
        self.extensions = match &answer.extension_configuration {
            Some(configuration) => {
                let mut list = Vec::new();
                for allowed in &configuration.allowed_extensions {
                    let extension = allowed.extension.to_ascii_lowercase();
                    if let Err(at) = list.binary_search(&extension)
                        && !extension.is_empty()
                    {
                        list.insert(at, extension);
                    }
                }
                list
            }
            None => defaults.extensions,
        };
        self.source = LimitsSource::Instance;
    }

    /// Falls back to Connect's defaults.
    pub(crate) fn fall_back(&mut self) {
        *self = Self {
            max_files: self.max_files,
            max_total_bytes: self.max_total_bytes,
            source: LimitsSource::Defaults,
            ..Self::default()
        };
    }

    /// What can be told of a file before the instance has answered: nothing is refused for its size or
    /// type, since Connect's defaults may be stricter than the instance.
    #[must_use]
    pub(crate) fn known(&self) -> Self {
        Self { max_files: self.max_files, max_total_bytes: self.max_total_bytes, ..Self::unknown() }
    }

    /// What is known of a resource that is not shown: its scope may have other limits.
    pub(crate) fn unknown() -> Self {
        Self { max_bytes: u64::MAX, extensions: Vec::new(), ..Self::default() }
    }

    /// Whether files may be started: the instance has answered or will not.
    #[must_use]
    pub fn are_settled(&self) -> bool {
        self.source != LimitsSource::Awaited
    }
}
