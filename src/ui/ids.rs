//! Ids for ARIA references, with a prefix per widget: two of them may stand in one tree.

use connect_attached_files_core::text::decimal;
use std::sync::atomic::{AtomicU32, Ordering};

static LAST: AtomicU32 = AtomicU32::new(0);

/// The id prefix of one widget.
#[derive(Clone, Copy)]
pub(crate) struct Ids(u32);

impl Ids {
    /// A prefix no other widget of this page has.
    pub(crate) fn next() -> Self {
        Self(LAST.fetch_add(1, Ordering::Relaxed))
    }

    /// The id of a part.
    pub(crate) fn of(self, part: &str) -> String {
        ["caf-", &decimal(self.0.into()), "-", part].concat()
    }
}
