//! Local rules: what is refused before any call is made.
//!
//! "Rejected" is the scanner's word; a file that breaks a local rule is *invalid*.

use crate::duplicates::Held;
use crate::item::Item;
use crate::limits::Limits;
use crate::pick::extension;

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
    /// The resource already holds as many files as allowed.
    TooMany {
        /// The limit.
        max_files: usize,
    },
    /// Together with what the resource holds it is more than allowed.
    TotalSize {
        /// The limit, in bytes.
        max_bytes: u64,
    },
    /// The resource has this file already, or it is on its way.
    Duplicate,
    /// The host refused it.
    Host {
        /// Why, in the host's words.
        message: String,
    },
}

/// Every rule of its own that a file breaks, given what counts on its resource beside it.
#[must_use]
pub fn validate(file: &Item, limits: &Limits, held: Held) -> Vec<Refusal> {
    // A folder has neither a meaningful size nor an extension, so nothing else is worth saying.
    if file.is_folder {
        return vec![Refusal::Folder];
    }
    let mut refusals = Vec::new();
    if let Some(message) = file.refused.clone() {
        refusals.push(Refusal::Host { message });
    }
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
    if let Some(max_files) = limits.max_files
        && held.files >= max_files
    {
        refusals.push(Refusal::TooMany { max_files });
    }
    if let Some(max_bytes) = limits.max_total_bytes
        && held.bytes + file.size > max_bytes
    {
        refusals.push(Refusal::TotalSize { max_bytes });
    }
    refusals
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests may panic")]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::item::ItemId;
    use crate::phase::Phase;
    use crate::resource::Resource;

    const NONE: Held = Held { files: 0, bytes: 0 };

    fn file(name: &str, size: u64) -> Item {
        let resource = Resource::new("i", "arn:aws:connect:r:1:instance/i/contact/c");
        let resource = Arc::new(resource.expect("a contact"));
        Item { size, ..Item::new(ItemId(1), &resource, name.to_owned(), Phase::Queued) }
    }

    #[test]
    fn extensions_decide_whatever_their_case() {
        let limits = Limits::default();
        assert_eq!(validate(&file("Scan.PDF", 1), &limits, NONE), []);
        assert_eq!(
            validate(&file("run.exe", 1), &limits, NONE),
            [Refusal::Extension { extension: "exe".to_owned() }]
        );
        for name in ["README", ".png", "trailing."] {
            assert_eq!(validate(&file(name, 1), &limits, NONE), [Refusal::NoExtension], "{name}");
        }
    }

    #[test]
    fn sizes_have_two_ends() {
        let limits = Limits { max_bytes: 10, ..Limits::default() };
        let too_large = [Refusal::TooLarge { max_bytes: 10 }];
        assert_eq!(validate(&file("a.txt", 0), &limits, NONE), [Refusal::Empty]);
        assert_eq!(validate(&file("a.txt", 10), &limits, NONE), []);
        assert_eq!(validate(&file("a.txt", 11), &limits, NONE), too_large);
    }

    #[test]
    fn a_folder_gets_its_one_reason() {
        let folder = Item { is_folder: true, ..file("photos", 0) };
        assert_eq!(validate(&folder, &Limits::default(), NONE), [Refusal::Folder]);
    }

    #[test]
    fn the_host_s_word_stands_beside_the_rules() {
        let refused = Item { refused: Some("Not here".to_owned()), ..file("a.txt", 0) };
        let message = "Not here".to_owned();
        assert_eq!(
            validate(&refused, &Limits::default(), NONE),
            [Refusal::Host { message }, Refusal::Empty]
        );
    }

    #[test]
    fn the_host_s_count_and_total_are_kept() {
        let limits = Limits { max_files: Some(2), max_total_bytes: Some(100), ..Limits::default() };
        let held = |files, bytes| Held { files, bytes };
        assert_eq!(validate(&file("a.txt", 1), &limits, held(1, 99)), []);
        assert_eq!(
            validate(&file("a.txt", 1), &limits, held(2, 0)),
            [Refusal::TooMany { max_files: 2 }]
        );
        assert_eq!(
            validate(&file("a.txt", 2), &limits, held(1, 99)),
            [Refusal::TotalSize { max_bytes: 100 }]
        );
    }
}
