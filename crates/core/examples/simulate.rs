//! The simulator as a program, for `cargo xtask simulate`: `simulate HISTORIES SEED`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "part of the tests"
)]

#[path = "../tests/sim/mod.rs"]
mod sim;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse().expect("a number"));
    let (histories, seed) = (numbers.next().unwrap_or(1), numbers.next().unwrap_or(0));
    match sim::run_many(seed, histories) {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
