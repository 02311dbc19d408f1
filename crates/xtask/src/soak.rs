//! `cargo xtask soak`: many files in one Chromium tab while much goes wrong, then elements taken away while
//! busy. The tests are those of the short soak in `cargo xtask test`, only longer.

use anyhow::{Result, ensure};
use clap::Args;

use crate::ready::Ready;
use crate::runner;
use crate::suite::Suite;

/// How long a soak.
#[derive(Args)]
pub(crate) struct Soak {
    /// Files to upload
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(2..=5000))]
    files: u32,
    /// Where chance begins: faults, weather and what the user does follow from it
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// Elements to put up and take down again
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=5000))]
    mounts: u32,
}

impl Soak {
    /// Runs it; an error when a file was lost or something was left behind.
    pub(crate) fn run(&self) -> Result<()> {
        let ready = Ready::set_up(&[Suite::Soak]);
        let settings = [
            ("SOAK_FILES", self.files.to_string()),
            ("SOAK_SEED", self.seed.to_string()),
            ("SOAK_MOUNTS", self.mounts.to_string()),
        ];
        let counts = runner::node_tests(Suite::Soak, &ready, &settings)?;
        ensure!(counts.failed == 0, "the soak found something");
        Ok(())
    }
}
