//! Skipping what is done: a stamp is a hash of everything a step reads, kept beside what it wrote.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Collects the inputs of a step, in any order.
#[derive(Default)]
pub(crate) struct Inputs(BTreeMap<String, Vec<u8>>);

impl Inputs {
    /// A value that the outcome depends on: a version, a profile, an option.
    pub(crate) fn value(mut self, name: &str, value: &str) -> Self {
        self.0.insert(format!("={name}"), value.as_bytes().to_vec());
        self
    }

    /// This program itself, for steps that are its own code: another build may do them otherwise.
    pub(crate) fn own_code(self) -> Self {
        let data = env::current_exe().and_then(fs::metadata);
        let changed = data.and_then(|data| Ok((data.len(), data.modified()?)));
        self.value("own code", &format!("{changed:?}"))
    }

    /// A file that the outcome depends on; its absence is a state like any other.
    pub(crate) fn file(mut self, path: &Path) -> Self {
        if let Ok(bytes) = fs::read(path) {
            self.0.insert(path.display().to_string(), bytes);
        }
        self
    }

    /// The hash of all inputs: equal inputs, equal text.
    pub(crate) fn stamp(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }
}

/// Whether `outputs` are all there and were made from inputs with this stamp.
pub(crate) fn fresh(stamp_file: &Path, stamp: &str, outputs: &[PathBuf]) -> bool {
    fs::read_to_string(stamp_file).is_ok_and(|kept| kept == stamp)
        && outputs.iter().all(|output| output.exists())
}

/// Makes a step look undone before it starts, so that an interrupted one runs again.
pub(crate) fn clear(stamp_file: &Path) -> Result<()> {
    if let Some(folder) = stamp_file.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    match fs::remove_file(stamp_file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", stamp_file.display()))
        }
        _ => Ok(()),
    }
}

/// Marks a step as done.
pub(crate) fn write(stamp_file: &Path, stamp: &str) -> Result<()> {
    fs::write(stamp_file, stamp).with_context(|| format!("cannot write {}", stamp_file.display()))
}

/// All files below a folder, sorted; none when the folder is missing.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[cfg(test)]
#[path = "stamp_tests.rs"]
mod tests;
