//! Local rules: what is refused before any call is made.
//!
//! "Rejected" is the scanner's word; a file that breaks a local rule is *invalid*.

use crate::limits::Limits;
use crate::pick::{FileFacts, extension};
use crate::wire::FILE_NAME_MAX;

/// One rule a file breaks, with what the text for it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A folder, or an entry that is no file.
    Folder,
    /// Zero bytes; Connect takes files of one byte or more.
    Empty,
    /// Larger than allowed.
    TooLarge {
        /// The limit, in bytes.
        max_bytes: u64,
    },
    /// The name has an extension that is not allowed.
    Extension {
        /// The extension, lower case.
        extension: String,
    },
    /// The name has no extension and a list of allowed ones is in force.
    NoExtension,
    /// The name is longer than 256.
    NameTooLong {
        /// Its length.
        length: usize,
    },
    /// The name holds characters Connect refuses.
    NameCharacters {
        /// Those characters, as code points (`U+200D`), each once.
        found: Vec<String>,
    },
    /// The resource already holds as many files as allowed.
    TooMany {
        /// The limit.
        max_files: usize,
    },
}

/// Length of a name as it counts against the limit of 256. AWS does not say which unit it counts;
/// UTF-16 units are never fewer than characters, so what passes here passes there.
fn name_length(name: &str) -> usize {
    name.encode_utf16().count()
}

/// Every rule that `file` breaks, given that `on_resource` other files count against the limit.
#[must_use]
pub fn validate(file: &FileFacts, limits: &Limits, on_resource: usize) -> Vec<Refusal> {
    // A folder has neither a meaningful size nor an extension, so nothing else is worth saying.
    if file.is_folder {
        return vec![Refusal::Folder];
    }
    let mut refusals = Vec::new();
    if file.size == 0 {
        refusals.push(Refusal::Empty);
    }
    if file.size > limits.max_bytes {
        refusals.push(Refusal::TooLarge { max_bytes: limits.max_bytes });
    }
    if !limits.extensions.is_empty() {
        match extension(&file.name) {
            None => refusals.push(Refusal::NoExtension),
            Some(extension) if !limits.extensions.contains(&extension) => {
                refusals.push(Refusal::Extension { extension });
            }
            Some(_) => {}
        }
    }
    let length = name_length(&file.name);
    if length > FILE_NAME_MAX {
        refusals.push(Refusal::NameTooLong { length });
    }
    if !file.name_offenders.is_empty() {
        let mut found = Vec::new();
        for offender in file.name_offenders.chars() {
            let shown = format!("U+{:04X}", u32::from(offender));
            if !found.contains(&shown) {
                found.push(shown);
            }
        }
        refusals.push(Refusal::NameCharacters { found });
    }
    if let Some(max_files) = limits.max_files
        && on_resource >= max_files
    {
        refusals.push(Refusal::TooMany { max_files });
    }
    refusals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pick::SourceId;

    fn file(name: &str, size: u64) -> FileFacts {
        FileFacts {
            source: SourceId(1),
            name: name.to_owned(),
            size,
            name_offenders: String::new(),
            is_folder: false,
        }
    }

    #[test]
    fn extensions_decide_whatever_their_case() {
        let limits = Limits::default();
        assert_eq!(validate(&file("Scan.PDF", 1), &limits, 0), []);
        assert_eq!(
            validate(&file("run.exe", 1), &limits, 0),
            [Refusal::Extension { extension: "exe".to_owned() }]
        );
        for name in ["README", ".png", "trailing."] {
            assert_eq!(validate(&file(name, 1), &limits, 0), [Refusal::NoExtension], "{name}");
        }
    }

    #[test]
    fn sizes_have_two_ends() {
        let limits = Limits { max_bytes: 10, ..Limits::default() };
        assert_eq!(validate(&file("a.txt", 0), &limits, 0), [Refusal::Empty]);
        assert_eq!(validate(&file("a.txt", 10), &limits, 0), []);
        assert_eq!(validate(&file("a.txt", 11), &limits, 0), [Refusal::TooLarge { max_bytes: 10 }]);
    }

    #[test]
    fn names_are_counted_in_utf16_and_offenders_named_once() {
        let limits = Limits::default();
        let long = format!("{}.txt", "\u{1f600}".repeat(127));
        assert_eq!(validate(&file(&long, 1), &limits, 0), [Refusal::NameTooLong { length: 258 }]);
        let joined =
            FileFacts { name_offenders: "\u{200d}\u{200d}\u{7}".to_owned(), ..file("a.txt", 1) };
        assert_eq!(
            validate(&joined, &limits, 0),
            [Refusal::NameCharacters { found: vec!["U+200D".to_owned(), "U+0007".to_owned()] }]
        );
    }

    #[test]
    fn a_folder_gets_its_one_reason() {
        let folder = FileFacts { is_folder: true, ..file("photos", 0) };
        assert_eq!(validate(&folder, &Limits::default(), 0), [Refusal::Folder]);
    }

    #[test]
    fn the_host_s_count_is_kept() {
        let limits = Limits { max_files: Some(2), ..Limits::default() };
        assert_eq!(validate(&file("a.txt", 1), &limits, 1), []);
        assert_eq!(validate(&file("a.txt", 1), &limits, 2), [Refusal::TooMany { max_files: 2 }]);
    }
}
