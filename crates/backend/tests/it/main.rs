//! The gateway before a scripted service on loopback that writes down what arrives.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

#[cfg(feature = "aws")]
mod aws_mode;
mod body;
mod bounds;
#[cfg(feature = "aws")]
mod chain;
mod cors;
mod embedded;
mod forward;
mod process;
mod refuse;
mod signature;
mod support;
#[cfg(not(feature = "aws"))]
mod without_aws;
