//! Thin signing backend.
