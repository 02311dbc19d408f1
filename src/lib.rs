//! Attaches files to Amazon Connect cases and emails, straight from the browser to S3.
//!
//! [`AttachedFiles`] is the Leptos component. It asks a thin backend to start an upload, sends the
//! bytes straight to the pre-signed S3 URL with exactly the required headers, tells the backend to
//! complete, and follows the scanner's verdict. Bytes never pass through the backend, and AWS
//! credentials never reach the browser.
//!
//! The engine is the crate [`connect_attached_files_core`]; here are only the browser's edge
//! (`edge`), the loop between both ([`runner`]) and the drawing (`ui`). Nothing in this crate is
//! exported to JavaScript: an app that uses the component would export it too.

mod arrange;
mod component;
pub mod config;
mod edge;
pub mod extras;
mod inbox;
pub mod model;
pub mod mount;
pub mod runner;
pub mod strings;
mod ui;
mod watched;

pub use component::AttachedFiles;
pub use config::{Config, HeaderSource};
pub use connect_attached_files_core as core;
pub use edge::files::Source;
pub use edge::json;
