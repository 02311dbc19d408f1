//! The smallest module: the standard library is compiled along with the widget, for size, and without
//! the words that panics carry. That is an eighth of what a page loads, and the Leptos book's own advice
//! ("Optimizing WASM binary size"). The compiler counts both as unstable; since it is the pinned one
//! that every build uses, they cannot change behind anybody's back.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::{paths, remap, setup, step};

/// Lets the stable compiler do it.
pub(crate) const ENVIRONMENT: (&str, &str) = ("RUSTC_BOOTSTRAP", "1");

/// Cargo's arguments.
pub(crate) fn arguments() -> Result<Vec<String>> {
    let flags = [
        "-Zunstable-options",
        "-Cpanic=immediate-abort",
        // Handles of the browser's values in a table of the glue: that is less code than one in wasm.
        "-Ctarget-feature=-reference-types",
        "-Cllvm-args=-inline-threshold=1",
    ];
    Ok(vec![
        "-Zbuild-std=std,panic_abort".to_owned(),
        "-Zbuild-std-features=optimize_for_size".to_owned(),
        remap::argument(&flags)?,
    ])
}

/// Sees to it that the toolchain in use has the sources of its standard library.
pub(crate) fn sources() -> Result<()> {
    let lock = setup::sysroot()?.join("lib/rustlib/src/rust/library/Cargo.lock");
    if lock.is_file() {
        step::say("rust-src", "already there");
        return Ok(());
    }
    if !step::there("rustup") {
        bail!(
            "the sources of this toolchain's standard library are missing and rustup is not there to \
             add them: install rustup, then run `rustup component add rust-src`"
        );
    }
    step::say("rust-src", "adding it by rustup (about 3 MB)");
    step::run(
        Command::new("rustup").args(["component", "add", "rust-src"]).current_dir(paths::root()),
        Duration::from_secs(300),
    )
    .context("the standard library's sources are missing: run `rustup component add rust-src`")
}
