//! The browser, each resource a value whose drop releases it. Nothing here decides anything.

pub(crate) mod api;
pub(crate) mod checksum;
pub(crate) mod env;
pub(crate) mod files;
pub(crate) mod http;
pub(crate) mod intake;
pub(crate) mod intl;
pub mod json;
pub(crate) mod keys;
pub(crate) mod leftovers;
pub(crate) mod markup;
pub(crate) mod put;
pub(crate) mod rows;
pub(crate) mod save;
pub(crate) mod task;
pub(crate) mod timer;
pub(crate) mod watch;
