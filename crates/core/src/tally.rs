//! The rows summed up: whether work is under way, what can be done with all of them, and whether
//! everything attached is approved.

use crate::error::Code;
use crate::event::Effect;
use crate::leftover::is_interrupted;
use crate::phase::Phase;
use crate::session::Session;

/// The rows of a widget, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// On their way and not paused.
    pub running: usize,
    /// Paused.
    pub paused: usize,
    /// Ended in a way that trying again may mend.
    pub failing: usize,
    /// Whether any work of ours is still to be done, deletes included.
    pub is_busy: bool,
    /// Whether files were attached to the resource here and each of them is approved: only then may an
    /// email with them be sent. Canceled, deleted and refused files do not count.
    pub all_approved: bool,
    /// Whether no PUT ever got an answer from the bucket although the backend answers.
    pub bucket_is_silent: bool,
}

impl Session {
    /// The rows summed up, as of the last event that was no progress.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Sums up the rows, and tells when the first file got under way, the last one ended, or the last
    /// one was approved.
    pub(crate) fn count(&mut self) {
        let mut tally = Tally::default();
        let (mut approved, mut open) = (false, false);
        for item in self.items.values() {
            let is_here = item.is_local && Some(&item.resource) == self.resource.as_ref();
            tally.is_busy |= item.phase.is_busy();
            match &item.phase {
                Phase::Queued
                | Phase::Hashing(_)
                | Phase::Starting(_)
                | Phase::Uploading(_)
                | Phase::Completing(_) => {
                    if item.is_paused {
                        tally.paused += 1;
                    } else {
                        tally.running += 1;
                    }
                }
                Phase::Error(failure) if is_interrupted(failure.code) => {}
                _ => tally.failing += usize::from(item.may_retry()),
            }
            match &item.phase {
                Phase::Approved => approved |= is_here,
                Phase::Invalid(_) | Phase::Canceled | Phase::Deleted => {}
                phase => {
                    open |= is_here;
                    if let Phase::Error(failure) = phase {
                        tally.bucket_is_silent |= failure.code == Code::BucketUnreachable;
                    }
                }
            }
        }
        tally.all_approved = approved && !open;
        let before = std::mem::replace(&mut self.tally, tally);
        match (before.is_busy, tally.is_busy) {
            (false, true) => self.effects.push(Effect::Busy),
            (true, false) => self.effects.push(Effect::Idle),
            _ => {}
        }
        if before.all_approved != tally.all_approved {
            self.effects.push(Effect::ApprovalChanged(tally.all_approved));
        }
    }
}
