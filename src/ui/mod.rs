//! What people see and use.

mod confirm;
pub(crate) mod context;
mod dropzone;
mod erased;
mod focus;
mod ids;
mod list;
pub(crate) mod live;
pub(crate) mod panel;
mod picker;
mod row;
mod status;
#[cfg(feature = "styles")]
mod theme;
