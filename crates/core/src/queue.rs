//! Whose turn it is. Called after every event that may free a slot, a gate or a step.

use crate::clock::Now;
use crate::item::{Item, ItemId};
use crate::phase::Phase;
use crate::session::Session;

impl Session {
    /// Takes over whether new files wait to be started by hand; if not, none does any more.
    pub(crate) fn manual_start_set(&mut self, manual: bool) {
        self.config.manual_start = manual;
        if manual {
            return;
        }
        for id in self.rows_where(&|item| item.awaits_start) {
            self.touch(id);
            if let Some(item) = self.items.get_mut(&id) {
                item.awaits_start = false;
            }
        }
    }

    /// Sends whatever may be sent now. Completes come before new starts, so that files whose bytes
    /// are there are not starved by those still to come; within a step the oldest row comes first.
    pub(crate) fn pump(&mut self, now: Now) {
        if self.online {
            for id in self.due(now, &|item| matches!(item.phase, Phase::Completing(_))) {
                self.begin_complete(id, now);
            }
            for id in self.due(now, &|item| matches!(item.phase, Phase::Deleting(_))) {
                self.begin_delete(id, now);
            }
            let asking = |item: &Item| item.download_step().is_some_and(|step| step.is_due(now));
            for id in self.active_where(&asking) {
                self.begin_get(id, now);
            }
            self.pump_transfers(now);
            self.poll(now);
            self.pump_shelf(now);
            self.pump_orphans(now);
        }
    }

    /// Fills the slots: first what has a living URL, then what needs a new one, then the queue.
    fn pump_transfers(&mut self, now: Now) {
        for id in self.due(now, &|item| matches!(item.phase, Phase::Uploading(_))) {
            if !self.has_free_slot() {
                return;
            }
            self.begin_put(id, now);
        }
        for id in
            self.due(now, &|item| matches!(item.phase, Phase::Starting(_) | Phase::Hashing(_)))
        {
            if !self.has_free_slot() || !self.begin_start(id, now) {
                return;
            }
        }
        let free = self.config.concurrency.max(1).saturating_sub(self.slots_taken());
        let queued: Vec<ItemId> = self
            .items()
            .filter(|item| matches!(item.phase, Phase::Queued))
            .filter(|item| !item.is_paused && !item.awaits_start)
            .filter(|item| {
                self.limits.are_settled() || self.resource.as_ref() != Some(&item.resource)
            })
            .map(|item| item.id)
            .take(free)
            .collect();
        for id in queued {
            if self.items.get(&id).is_some_and(|item| self.wants_checksum(item)) {
                self.begin_checksum(id, now);
            } else if !self.begin_start(id, now) {
                return;
            }
        }
    }

    pub(crate) fn has_free_slot(&self) -> bool {
        self.slots_taken() < self.config.concurrency.max(1)
    }

    fn due(&self, now: Now, phase: &dyn Fn(&Item) -> bool) -> Vec<ItemId> {
        self.active_where(&|item| {
            phase(item) && !item.is_paused && item.phase.step().is_some_and(|step| step.is_due(now))
        })
    }
}
