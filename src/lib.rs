//! Leptos component.
