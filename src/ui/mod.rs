//! What people see and use.

mod bind;
mod bucket;
mod bulk;
mod confirm;
mod context;
mod details;
mod dropzone;
mod focus;
mod ids;
mod list;
pub(crate) mod live;
mod markup;
pub(crate) mod panel;
mod picker;
mod row;
mod status;
#[cfg(feature = "styles")]
pub(crate) mod theme;
