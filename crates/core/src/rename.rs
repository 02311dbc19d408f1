//! Another name for a file that was not sent yet.

use crate::clock::Now;
use crate::item::{Item, ItemId};
use crate::names::clean;
use crate::phase::{Phase, Step};
use crate::session::Session;

impl Item {
    /// Whether it may still get another name.
    #[must_use]
    pub fn may_rename(&self) -> bool {
        self.source.is_some()
            && self.file_id.is_none()
            && matches!(
                self.phase,
                Phase::Invalid(_) | Phase::Queued | Phase::Canceled | Phase::Error(_)
            )
    }
}

impl Session {
    /// Gives a file another name and judges it anew. One that had failed under its old name is sent;
    /// one that was canceled stays so.
    pub(crate) fn rename(&mut self, id: ItemId, name: &str, offenders: &str, now: Now) {
        let Some(item) = self.items.get(&id).filter(|item| item.may_rename()) else { return };
        let has_failed = matches!(item.phase, Phase::Error(_));
        let is_canceled = matches!(item.phase, Phase::Canceled);
        // A start may have taken effect under the old name.
        self.forsake(id, Step::Ready, true);
        self.set_name(id, clean(name, offenders));
        if has_failed {
            self.retry(id, now);
        } else if !is_canceled {
            self.judge_again(&[id]);
        }
    }

    /// Changes the name of a row and remembers the one it was picked with.
    pub(crate) fn set_name(&mut self, id: ItemId, name: String) {
        self.names.note(&name);
        if let Some(item) = self.items.get_mut(&id) {
            let old = std::mem::replace(&mut item.name, name);
            let picked = item.original_name.take().unwrap_or(old);
            item.original_name = (picked != item.name).then_some(picked);
        }
        self.touch(id);
    }
}
