//! The emulator over loopback HTTP, with calls and URLs signed by `aws-sigv4`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may panic"
)]

mod support;

mod bounds;
mod control;
mod cors;
mod errors;
mod faults;
mod life;
mod link;
mod open_questions;
mod presigned;
mod put;
mod restart;
mod shapes;
mod signature;
mod throttle;
