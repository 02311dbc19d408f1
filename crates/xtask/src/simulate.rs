//! `cargo xtask simulate`: random histories of the engine, as many as asked.

use std::process::{ExitCode, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::{cargo, step};

/// Optimised, with the checks of a debug build: see the workspace's manifest.
const EXAMPLE: &str =
    "--profile=simulation --package=connect-attached-files-core --example=simulate";

/// Runs so many histories from a seed on; a seed of the clock's when none is given. Its own exit code,
/// so that the count of violations stays the last line.
pub(crate) fn simulate(histories: u64, seed: Option<u64>) -> Result<ExitCode> {
    let seed = seed.unwrap_or_else(from_the_clock);
    let mut build = vec!["build"];
    build.extend(EXAMPLE.split_whitespace());
    cargo::build("simulator", &build)?;
    step::say("simulate", format!("{histories} histories from seed {seed}"));
    // No limit of time: a million histories take as long as they take, and say how far they are.
    let status = cargo::command()
        .args(["run", "--quiet"])
        .args(EXAMPLE.split_whitespace())
        .arg("--")
        .args([histories.to_string(), seed.to_string()])
        .stdin(Stdio::null())
        .status()
        .context("the simulator cannot be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn from_the_clock() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_secs())
}
