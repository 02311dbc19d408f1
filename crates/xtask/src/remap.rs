//! Paths of the building machine, which panic messages carry, cut down to what is the same everywhere.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result};

use crate::{paths, setup, step};

/// The argument by which cargo compiles for wasm with short paths and further flags. The builds that
/// share a profile folder must all have the same, or each would compile everything anew; those of the
/// dev profile have none.
pub(crate) fn argument(further: &[&str]) -> Result<String> {
    let mut flags = flags(&paths::root(), &setup::sysroot()?, &registries());
    flags.extend(further.iter().map(|&flag| flag.to_owned()));
    let flags = serde_json::to_string(&flags)?;
    Ok(format!("--config=target.{}.rustflags={flags}", setup::WASM))
}

/// Of several prefixes that fit a path the compiler takes the last.
fn flags(root: &Path, sysroot: &Path, registries: &[PathBuf]) -> Vec<String> {
    let own = [(root.to_path_buf(), "."), (sysroot.join("lib/rustlib/src/rust"), "std")];
    let crates = registries.iter().map(|folder| (folder.clone(), ""));
    own.into_iter()
        .chain(crates)
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()))
        .collect()
}

/// Where cargo keeps the sources of dependencies: a folder for each registry. They are there as soon
/// as this program has been compiled.
fn registries() -> Vec<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo"))).unwrap_or_default();
    let entries = fs::read_dir(home.join("registry").join("src")).into_iter().flatten().flatten();
    let mut folders: Vec<_> = entries.map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

/// Says so when a module names a folder of this machine after all.
pub(crate) fn warn(module: &Path) -> Result<()> {
    let bytes =
        fs::read(module).with_context(|| format!("cannot read {}", paths::shown(module)))?;
    for folder in registries() {
        let text = folder.display().to_string();
        if bytes.windows(text.len()).any(|window| window == text.as_bytes()) {
            let reason = "does RUSTFLAGS take precedence over the flags of this build?";
            step::say("wasm module", format!("it names {text}: {reason}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_begin_with_their_own_names_and_come_last() {
        let registry = PathBuf::from("/home/me/.cargo/registry/src/index");
        let flags = flags(Path::new("/home/me"), Path::new("/rust"), &[registry]);
        assert_eq!(
            flags,
            [
                "--remap-path-prefix=/home/me=.",
                "--remap-path-prefix=/rust/lib/rustlib/src/rust=std",
                "--remap-path-prefix=/home/me/.cargo/registry/src/index=",
            ]
        );
    }
}
