//! The rows summed up: whether work is under way, what can be done with all of them, and whether
//! everything attached is approved.

use crate::clock::Now;
use crate::error::Code;
use crate::event::Effect;
use crate::leftover::is_interrupted;
use crate::phase::Phase;
use crate::progress::Progress;
use crate::session::Session;
use crate::transfer::STALLED_AFTER_MS;

/// The rows of a widget, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// On their way and not paused.
    pub running: usize,
    /// Paused.
    pub paused: usize,
    /// Waiting to be started by hand.
    pub waiting: usize,
    /// Ended in a way that trying again may mend.
    pub failing: usize,
    /// Files that are, or are about to be, on the resource shown.
    pub stored: usize,
    /// Approved files of the resource shown.
    pub approved: usize,
    /// The files of this run together.
    pub run: Run,
    /// Seconds that what is running has still to go, once there is something to say.
    pub seconds_left: Option<u64>,
    /// Whether any work of ours is still to be done, deletes included.
    pub is_busy: bool,
    /// Whether files were attached to the resource here and each of them is approved: only then may an
    /// email with them be sent. Canceled, deleted and refused files do not count.
    pub all_approved: bool,
    /// Whether no PUT ever got an answer from the bucket although the backend answers.
    pub bucket_is_silent: bool,
}

/// The files sent since nothing was on its way last. Those that ended without being sent, that are
/// deleted or wait to be started are none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Bytes of these files.
    pub total_bytes: u64,
    /// Bytes that S3 has, or that are on their way there in the attempts under way.
    pub sent_bytes: u64,
    /// How many files.
    pub files: usize,
    /// How many of them S3 and Connect have.
    pub done: usize,
}

/// How fast all files together move.
#[derive(Debug)]
pub(crate) struct Pace {
    /// Number of the run.
    pub(crate) run: u32,
    /// Bytes handed to the network since the meter began.
    pub(crate) moved: u64,
    meter: Progress,
}

impl Run {
    /// Whole per cent, at most 99 while a file is not there.
    #[must_use]
    pub fn percent(&self) -> u8 {
        let most = if self.done < self.files { 99 } else { 100 };
        let percent = self.sent_bytes.saturating_mul(100).checked_div(self.total_bytes);
        u8::try_from(percent.unwrap_or(0).min(most)).unwrap_or(99)
    }

    fn add(&mut self, total: u64, sent: u64) {
        self.total_bytes += total;
        self.sent_bytes += sent;
        self.files += 1;
    }
}

impl Pace {
    /// Takes a reading, and tells the seconds that so many bytes still take.
    fn seconds_for(&mut self, left: u64, now: Now) -> Option<u64> {
        // A pause is no slow transfer.
        let is_quiet = self.meter.idle_ms(now) >= STALLED_AFTER_MS;
        if self.moved > self.meter.sent() {
            if is_quiet {
                self.moved = 0;
                self.meter = Progress::new(u64::MAX, now);
            } else {
                self.meter.advance(self.moved, now);
            }
        }
        self.meter.seconds_for(left).filter(|_| left > 0 && !is_quiet)
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self { run: 1, moved: 0, meter: Progress::new(u64::MAX, Now::default()) }
    }
}

impl Session {
    /// The rows summed up, as of the last event that was no progress, or progress that was told.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Sums up the rows, and tells when the first file got under way, the last one ended, or the last
    /// one was approved.
    pub(crate) fn count(&mut self, now: Now) {
        let mut tally = Tally::default();
        let mut left = 0;
        if !self.tally.is_busy && self.items.values().any(|item| item.phase.is_busy()) {
            self.pace.run += 1;
        }
        let (mut approved, mut open) = (false, false);
        for item in self.items.values() {
            let is_shown = Some(&item.resource) == self.resource.as_ref();
            let is_here = item.is_local && is_shown;
            tally.stored += usize::from(is_shown && item.counts());
            tally.is_busy |= item.phase.is_busy();
            match &item.phase {
                Phase::Queued
                | Phase::Hashing(_)
                | Phase::Starting(_)
                | Phase::Uploading(_)
                | Phase::Completing(_) => {
                    let sent = match &item.phase {
                        Phase::Uploading(uploading) => uploading.progress.sent(),
                        Phase::Completing(_) => item.size,
                        _ => 0,
                    };
                    if item.awaits_start {
                        tally.waiting += 1;
                    } else if item.is_paused {
                        tally.paused += 1;
                        tally.run.add(item.size, sent);
                    } else {
                        tally.running += 1;
                        tally.run.add(item.size, sent);
                        left += item.size - sent;
                    }
                }
                Phase::Error(failure) if is_interrupted(failure.code) => {}
                _ => tally.failing += usize::from(item.may_retry()),
            }
            if item.run == self.pace.run && item.is_sent() {
                tally.run.add(item.size, item.size);
                tally.run.done += 1;
            }
            match &item.phase {
                Phase::Approved => {
                    approved |= is_here;
                    tally.approved += usize::from(is_shown);
                }
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
        tally.seconds_left = self.pace.seconds_for(left, now);
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
