//! Node and the packages of `tests/package-lock.json`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::stamp::{self, Inputs};
use crate::{paths, step};

/// Oldest major version the packages in the lock file run on.
const OLDEST: u32 = 20;

/// Packages installed as the lock file says.
pub(crate) struct Packages(());

impl Packages {
    /// The installed packages when they are up to date; installs nothing.
    pub(crate) fn found() -> Option<Self> {
        (version().is_some() && up_to_date()).then_some(Self(()))
    }

    /// Installs the packages unless they are up to date.
    pub(crate) fn installed() -> Result<Self> {
        match version() {
            None => bail!(
                "Node is missing: install Node {OLDEST} or newer with its npm, then run `npm ci` in tests/"
            ),
            Some(major) if major < OLDEST => {
                bail!(
                    "Node {major} is too old: install Node {OLDEST} or newer, then run `npm ci` in tests/"
                )
            }
            Some(_) => {}
        }
        if up_to_date() {
            step::say("node packages", "already there");
            return Ok(Self(()));
        }
        step::say("node packages", "installing by `npm ci` in tests/ (half a minute)");
        stamp::clear(&stamp_file())?;
        step::run(
            Command::new("npm")
                .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
                .current_dir(paths::tests()),
            Duration::from_secs(600),
        )
        .context("the Node packages are missing: run `npm ci` in tests/")?;
        stamp::write(&stamp_file(), &inputs().stamp())?;
        Ok(Self(()))
    }

    /// A program that one of the packages brings.
    pub(crate) fn program(&self, name: &str) -> Command {
        let mut command = Command::new(modules().join(".bin").join(name));
        command.current_dir(paths::tests());
        command
    }

    /// The folder they are in.
    pub(crate) fn folder(&self) -> PathBuf {
        modules()
    }

    /// The version of an installed package.
    pub(crate) fn version_of(&self, package: &str) -> Result<String> {
        json_text(&modules().join(package).join("package.json"), "version")
    }
}

/// One text of a JSON file's top level.
pub(crate) fn json_text(path: &Path, key: &str) -> Result<String> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read {}", paths::shown(path)))?;
    let json: serde_json::Value = serde_json::from_str(&text)
        .with_context(|| format!("{} is not JSON", paths::shown(path)))?;
    json.get(key)
        .and_then(|value| value.as_str())
        .map(str::to_owned)
        .with_context(|| format!("{} has no text `{key}`", paths::shown(path)))
}

fn version() -> Option<u32> {
    let text = step::read(Command::new("node").arg("--version")).ok()?;
    text.strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn modules() -> PathBuf {
    paths::tests().join("node_modules")
}

fn stamp_file() -> PathBuf {
    modules().join(".xtask-stamp")
}

fn inputs() -> Inputs {
    Inputs::default()
        .file(&paths::tests().join("package-lock.json"))
        .value("platform", env::consts::OS)
        .value("processor", env::consts::ARCH)
}

fn up_to_date() -> bool {
    stamp::fresh(&stamp_file(), &inputs().stamp(), &[modules().join(".bin")])
}
