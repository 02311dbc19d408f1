//! Trunk demo.
fn main() {}
