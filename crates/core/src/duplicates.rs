//! The same file twice on a resource: warned of, skipped, or given another name.

use crate::item::{Item, ItemId};
use crate::phase::Phase;
use crate::session::Session;

/// What becomes of a file whose name is taken on its resource. Names are compared without regard to
/// the case of ASCII letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// It is sent with a warning.
    #[default]
    Allow,
    /// It is refused if its size is the same too, and else sent with a warning.
    Skip,
    /// It is sent under a name with a number.
    Rename,
}

/// Files that count on a resource.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// How many.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

impl Item {
    /// Whether its file is on its resource, or about to be.
    pub(crate) fn counts(&self) -> bool {
        !matches!(
            self.phase,
            Phase::Invalid(_)
                | Phase::Canceled
                | Phase::Error(_)
                | Phase::Rejected
                | Phase::Deleted
        )
    }
}

impl Session {
    /// Takes over what becomes of files whose name is taken, for those that wait as well.
    pub(crate) fn duplicates_set(&mut self, duplicates: Duplicates) {
        if std::mem::replace(&mut self.config.duplicates, duplicates) != duplicates {
            self.judge_all();
        }
    }

    /// Whether the resource of a row holds a file named `name` beside it, but for those that are
    /// `still_open`; and if so, whether one is of its size too.
    pub(crate) fn namesake(&self, item: &Item, name: &str, still_open: &[ItemId]) -> Option<bool> {
        let is_own = self.items.get(&item.id).is_some() && item.name == name;
        if !self.names.may_hold(name, is_own) {
            return None;
        }
        let mut found = None;
        for other in self.items() {
            if other.name.eq_ignore_ascii_case(name)
                && other.id != item.id
                && other.counts()
                && other.resource == item.resource
                && !still_open.contains(&other.id)
            {
                let is_same_size = other.size == item.size;
                if is_same_size || self.config.duplicates != Duplicates::Skip {
                    return Some(is_same_size);
                }
                found = Some(false);
            }
        }
        found
    }
}
