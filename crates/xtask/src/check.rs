//! `cargo xtask check`: format, lints on host and wasm, documentation, types of the scripts.

use std::time::Duration;

use anyhow::{Result, bail};

use crate::node::Packages;
use crate::{cargo, setup, step};

const FORMAT: &str = "fmt --all --check";
/// The crates that exist for the browser only are left out here and linted below.
const HOST: &str = "clippy --workspace --exclude=connect-attached-files-pkg \
    --exclude=connect-attached-files-www --all-targets -- --deny=warnings";
const WASM: &str = "clippy --target=wasm32-unknown-unknown --package=connect-attached-files \
    --package=connect-attached-files-pkg --package=connect-attached-files-www -- --deny=warnings";
const DOCS: &str = "doc --workspace --no-deps";

/// Runs all checks and names those that failed at the end.
pub(crate) fn check() -> Result<()> {
    setup::wasm_target()?;
    let mut failed = Vec::new();
    let mut note = |name: &'static str, result: Result<()>| match result {
        Ok(()) => step::say(name, "fine"),
        Err(error) => {
            step::say(name, format!("{error:#}"));
            failed.push(name);
        }
    };
    note("format", cargo(FORMAT));
    note("clippy on the host", cargo(HOST));
    note("clippy on wasm", cargo(WASM));
    note("documentation", cargo(DOCS));
    note("types of the scripts", types());
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

fn cargo(arguments: &str) -> Result<()> {
    let mut command = cargo::command();
    command.args(arguments.split_whitespace());
    step::run(command.env("RUSTDOCFLAGS", "--deny=warnings"), step::LIMIT)
}

/// The facade is plain JS with JSDoc, the tests are TypeScript; neither is compiled, both are checked.
fn types() -> Result<()> {
    let packages = Packages::installed()?;
    let check = |project| {
        let mut tsc = packages.program("tsc");
        step::run(tsc.args(["--project", project]), Duration::from_secs(300))
    };
    let (facade, tests) = (check("tsconfig.pkg.json"), check("tsconfig.json"));
    facade.and(tests)
}
