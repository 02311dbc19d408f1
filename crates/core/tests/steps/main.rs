//! Each step's pure part on its own: headers, S3's answers, retry, wire, routes, error reading.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

mod errors;
mod put;
mod retry;
mod routes;
mod wire;
