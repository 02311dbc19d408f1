//! When the engine is to be woken: the soonest of all moments that something waits for.

use crate::clock::{Due, Now};
use crate::phase::Step;

/// Gathers moments and keeps the soonest that is still to come.
pub(crate) struct Wake {
    now: Now,
    soonest: Option<u64>,
}

impl Wake {
    pub(crate) fn new(now: Now) -> Self {
        Self { now, soonest: None }
    }

    /// Something waits for so many milliseconds. What is due already waits for a slot, a gate or the
    /// network, not for time.
    pub(crate) fn after(&mut self, left: u64) {
        if left > 0 && self.soonest.is_none_or(|soonest| left < soonest) {
            self.soonest = Some(left);
        }
    }

    /// Something waits for this moment.
    pub(crate) fn at(&mut self, due: Due) {
        self.after(due.left(self.now));
    }

    /// A step waits for the end of its pause.
    pub(crate) fn step(&mut self, step: Option<Step>) {
        if let Some(Step::Backoff(due)) = step {
            self.at(due);
        }
    }

    /// Milliseconds until the soonest moment.
    pub(crate) fn soonest(self) -> Option<u64> {
        self.soonest
    }
}
