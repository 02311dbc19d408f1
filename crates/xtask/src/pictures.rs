//! `cargo xtask pictures`: the screenshots of README and guide, taken of the package as it is now.

use std::env;
use std::time::Duration;

use anyhow::Result;

use crate::browser::Browser;
use crate::node::Packages;
use crate::package::{self, Kind};
use crate::{cargo, paths, step};

const LIMIT: Duration = Duration::from_secs(600);

/// Takes all pictures anew into `docs/`.
pub(crate) fn pictures() -> Result<()> {
    let packages = Packages::installed()?;
    let chromium = Browser::Chromium.program(&packages)?;
    package::package(Kind::Release)?;
    cargo::build(
        "backend",
        &["build", "--package=attached-files-backend", "--no-default-features"],
    )?;
    let folder = paths::root().join("docs");
    let mut command = packages.program("playwright");
    command
        .args(["test", "--project=pictures", "--workers=1", "--reporter=list"])
        .env("PICTURES", &folder)
        .env("BACKEND_BIN", paths::dev_program("attached-files-backend"))
        .env("XTASK_BIN", env::current_exe()?);
    if let Some(chromium) = chromium {
        command.env(Browser::Chromium.variable(), chromium);
    }
    step::run(&mut command, LIMIT)?;
    step::say("pictures", format!("taken into {}: look at each", paths::shown(&folder)));
    Ok(())
}
