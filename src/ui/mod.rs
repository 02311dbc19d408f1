//! What people see and use.

mod action;
mod bind;
mod bucket;
mod confirm;
pub(crate) mod context;
mod details;
mod dropzone;
pub(crate) mod focus;
mod ids;
mod keys;
mod list;
pub(crate) mod live;
mod markup;
pub(crate) mod panel;
mod paste;
mod picker;
pub(crate) mod preview;
mod rename;
mod row;
mod status;
#[cfg(feature = "styles")]
pub(crate) mod theme;
mod thumbnail;
mod toolbar;
mod window;
