//! What people see and use.

mod bar;
mod confirm;
mod dropzone;
mod focus;
mod ids;
mod list;
pub(crate) mod live;
pub(crate) mod panel;
mod picker;
mod row;
mod status;
#[cfg(feature = "styles")]
pub(crate) mod theme;
