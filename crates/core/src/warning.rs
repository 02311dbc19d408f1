//! What is worth a second look at a file, without refusing it.

use crate::pick::{SourceId, extension};
use crate::session::Session;

/// One thing about a file that somebody should know before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A file of this name is attached, or on its way.
    Duplicate,
    /// Before its extension stands that of a program: `invoice.exe.pdf`.
    DoubleExtension,
    /// Its content is of another type than its name says.
    Content {
        /// The extension of what was found.
        found: String,
    },
}

/// Extensions that a desktop runs.
const PROGRAMS: &[&str] = &[
    "bat", "cmd", "exe", "hta", "jar", "js", "lnk", "msi", "pif", "ps1", "scr", "sh", "vbs", "wsf",
];

/// What a name gives reason to doubt.
pub(crate) fn is_disguised(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
    extension(stem).is_some_and(|inner| PROGRAMS.contains(&inner.trim()))
}

/// Whether content of type `found` does not belong in a file of this name.
pub(crate) fn contradicts(found: &str, name: &str) -> bool {
    let is_jpeg = |extension: &str| matches!(extension, "jpg" | "jpeg" | "jfif");
    let said = extension(name).unwrap_or_default();
    said != found && !(is_jpeg(&said) && is_jpeg(found))
}

impl Session {
    /// Takes note of what a file's content looks like.
    pub(crate) fn sniffed(&mut self, source: SourceId, found: &str) {
        for id in
            self.rows_where(&|item| item.source == Some(source) && contradicts(found, &item.name))
        {
            self.touch(id);
            if let Some(item) = self.items.get_mut(&id) {
                item.warnings.retain(|warning| !matches!(warning, Warning::Content { .. }));
                item.warnings.push(Warning::Content { found: found.to_owned() });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_behind_another_extension_is_noticed() {
        for name in ["invoice.exe.pdf", "scan.pdf.js.png", "a.EXE.pdf", "invoice.exe    .pdf"] {
            assert!(is_disguised(name), "{name}");
        }
        for name in ["exe.pdf", "invoice.pdf", "report.v2.pdf", "amazon.com.pdf", "README", "a.exe"]
        {
            assert!(!is_disguised(name), "{name}");
        }
    }

    #[test]
    fn one_type_under_several_extensions_is_no_contradiction() {
        assert!(!contradicts("jpg", "a.JPEG"));
        assert!(contradicts("jpg", "a.png"));
        assert!(contradicts("png", "README"));
    }
}
