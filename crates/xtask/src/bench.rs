//! `cargo xtask bench`: measures in Chromium. Nothing here is a test; `cargo xtask test` leaves it alone.

use std::env;
use std::time::Duration;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::browser::Browser;
use crate::node::Packages;
use crate::package::{self, Kind};
use crate::{cargo, paths, step};

/// For one pair of runs of every kind; 1,000 small files take a minute on a slow machine.
const PAIR: Duration = Duration::from_secs(300);

/// What is measured.
#[derive(Subcommand)]
pub(crate) enum Bench {
    /// Uploads by the widget against a bare XMLHttpRequest loop on the same page
    Transfer(Transfer),
    /// What 100, 1,000 and 10,000 rows cost the page: adding, scrolling, uploading
    Rows,
}

/// How often.
#[derive(Args)]
pub(crate) struct Transfer {
    /// Runs of each of the two, taking turns
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100))]
    pairs: u32,
}

impl Bench {
    /// Measures and prints.
    pub(crate) fn run(&self) -> Result<()> {
        match self {
            Self::Transfer(transfer) => run("transfer.spec.ts", transfer.pairs),
            Self::Rows => run("rows.spec.ts", 1),
        }
    }
}

/// Runs one file of tests/bench.
fn run(file: &str, pairs: u32) -> Result<()> {
    let packages = Packages::installed()?;
    let chromium = Browser::Chromium.program(&packages)?;
    package::package(Kind::Release)?;
    // An unoptimised server would be what both wait for, and hide the difference.
    cargo::build(
        "backend, optimised",
        &["build", "--release", "--package=attached-files-backend", "--no-default-features"],
    )?;
    let mut command = packages.program("playwright");
    command
        .args(["test", "--project=bench", "--workers=1", "--reporter=list", file])
        .env("BENCH_PAIRS", pairs.to_string())
        .env("BACKEND_BIN", paths::program("release", "attached-files-backend"))
        .env("XTASK_BIN", env::current_exe()?);
    if let Some(chromium) = chromium {
        command.env(Browser::Chromium.variable(), chromium);
    }
    step::run(&mut command, PAIR * (pairs + 2))
}
