//! The Rust side of the set-up.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context, Result, bail};

use crate::{paths, step};

/// The target of everything that runs in a browser.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Sees to it that the toolchain in use has a standard library for WebAssembly.
pub(crate) fn wasm_target() -> Result<()> {
    static SEEN: AtomicBool = AtomicBool::new(false);
    if SEEN.load(Ordering::Relaxed) {
        return Ok(());
    }
    add_wasm_target()?;
    SEEN.store(true, Ordering::Relaxed);
    Ok(())
}

/// Where the toolchain in use is.
pub(crate) fn sysroot() -> Result<PathBuf> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot =
        step::read(Command::new(rustc).args(["--print", "sysroot"]).current_dir(paths::root()))?;
    Ok(PathBuf::from(sysroot))
}

fn add_wasm_target() -> Result<()> {
    let library = sysroot()?.join("lib/rustlib").join(WASM).join("lib");
    if has_std(&library) {
        step::say("wasm32 target", "already there");
        return Ok(());
    }
    if !step::there("rustup") {
        bail!(
            "this toolchain has no WebAssembly standard library and rustup is not there to add it: \
             install rustup, then run `rustup target add {WASM}`"
        );
    }
    step::say("wasm32 target", "adding it by rustup (about 20 MB)");
    step::run(
        Command::new("rustup").args(["target", "add", WASM]).current_dir(paths::root()),
        Duration::from_secs(300),
    )
    .with_context(|| format!("the WebAssembly target is missing: run `rustup target add {WASM}`"))
}

/// The folder of an interrupted download may exist without the library.
fn has_std(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .any(|name| name.starts_with("libstd-") && name.ends_with(".rlib"))
}
