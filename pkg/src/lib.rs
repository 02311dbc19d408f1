//! Wasm exports.
