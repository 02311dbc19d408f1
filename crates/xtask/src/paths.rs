//! Where things are in the workspace.

use std::env;
use std::path::{Path, PathBuf};

/// Root of the workspace this xtask was built from.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Cargo's output folder: `CARGO_TARGET_DIR` when set, else `target/`.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// Intermediate products of the package build and their stamps.
pub(crate) fn work() -> PathBuf {
    target().join("xtask")
}

/// The built npm package.
pub(crate) fn dist() -> PathBuf {
    root().join("pkg").join("dist")
}

/// Folder of the Node tooling and of the tests that run on it.
pub(crate) fn tests() -> PathBuf {
    root().join("tests")
}

/// A program that cargo built in the dev profile.
pub(crate) fn dev_program(name: &str) -> PathBuf {
    program("debug", name)
}

/// A program in one of cargo's output folders.
pub(crate) fn program(folder: &str, name: &str) -> PathBuf {
    target().join(folder).join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// The path as the user would type it from the root of the workspace.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
