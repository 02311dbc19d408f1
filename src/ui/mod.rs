//! What people see and use.

mod action;
mod bind;
mod bucket;
mod confirm;
pub(crate) mod context;
mod details;
mod ids;
mod intake;
mod keys;
mod list;
pub(crate) mod live;
pub(crate) mod panel;
mod picker;
pub(crate) mod preview;
mod row;
mod status;
#[cfg(feature = "styles")]
pub(crate) mod theme;
mod thumbnail;
mod toolbar;
mod window;
