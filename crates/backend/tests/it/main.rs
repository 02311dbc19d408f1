//! The gateway before a scripted service on loopback that writes down what arrives.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

mod body;
mod cors;
mod forward;
mod refuse;
mod signature;
mod support;
