//! The engine driven by hand: each test tells of a defect it once had, or of a rule it keeps.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

mod checksums;
mod driver;
mod gates;
mod hands;
mod leftovers;
mod list;
mod manual;
mod picking;
mod redaction;
mod rules;
mod table;
mod tally;
mod undo;
mod upload;
mod verdicts;
