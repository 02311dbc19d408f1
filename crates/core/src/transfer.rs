//! The life of a PUT: sent while its URL lives, watched for stalls, repeated or renewed.

use std::sync::Arc;

use crate::clock::{Due, Now};
use crate::errand::Purpose;
use crate::error::{Code, Failure, Stage};
use crate::event::{Effect, HostEvent};
use crate::item::ItemId;
use crate::phase::{Completing, Phase, Step, Ticket, Uploading};
use crate::progress::Progress;
use crate::put::{PutEnd, PutVerdict, SourceState, judge};
use crate::retry::{REAL_PROGRESS_BYTES, STEP, STRANGER};
use crate::session::Session;

/// A PUT is not begun with less life left in its URL, in milliseconds.
const MIN_LIFE_MS: u64 = 2_000;
/// No byte for this long: the row says so.
pub(crate) const STALLED_AFTER_MS: u64 = 5_000;
/// No byte for this long: the PUT is stopped and repeated.
const GIVE_UP_AFTER_MS: u64 = 30_000;
/// No answer for this long after the last byte: the answer counts as lost. Longer, since a browser
/// may report the last byte of a small file at once.
const ANSWER_LOST_AFTER_MS: u64 = 120_000;
/// Pause before using a URL again that is not valid yet.
const NOT_YET_VALID_PAUSE_MS: u64 = 2_000;
/// Progress is drawn and told to the host this often at most: four times a second.
const TELL_PROGRESS_EVERY_MS: u64 = 250;

impl Session {
    /// Begins or repeats a PUT; renews its URL instead when that is too old.
    pub(crate) fn begin_put(&mut self, id: ItemId, now: Now) {
        let lifetime = u64::from(self.url_expiry_seconds()) * 1_000;
        let Some(item) = self.items.get(&id) else { return };
        let Phase::Uploading(uploading) = &item.phase else { return };
        let Some(source) = item.source else { return };
        if !self.online || item.is_paused {
            return;
        }
        if now.age_of(uploading.grant.asked_at) + MIN_LIFE_MS > lifetime {
            return self.renew(id, url_expired(), now);
        }
        let (size, resource) = (item.size, Arc::clone(&item.resource));
        let (url, headers) = (uploading.grant.url.clone(), uploading.grant.headers.clone());
        let ticket = self.enter(Purpose::Put(id), &resource, None, now);
        if let Some(uploading) = self.uploading(id) {
            uploading.step = Step::Running(ticket);
            uploading.progress = Progress::new(size, now);
            uploading.moved_at = now;
            uploading.stalled = false;
        }
        self.touch(id);
        self.effects.push(Effect::Put { ticket, source, size, url, headers });
    }

    pub(crate) fn put_progress(&mut self, ticket: Ticket, loaded: u64, now: Now) {
        let Some(id) = self.put_of(ticket) else { return };
        let Some(item) = self.items.get_mut(&id) else { return };
        let Phase::Uploading(uploading) = &mut item.phase else { return };
        let before = uploading.progress.sent();
        if !uploading.progress.advance(loaded, now) {
            return;
        }
        self.pace.moved += uploading.progress.sent() - before;
        uploading.moved_at = now;
        let was_stalled = std::mem::take(&mut uploading.stalled);
        let is_all_sent = uploading.progress.is_all_sent();
        // Further than any attempt before, or a file that always fails at its end is sent for ever.
        if uploading.progress.sent() >= item.furthest + REAL_PROGRESS_BYTES {
            item.furthest = uploading.progress.sent();
            item.tries.reset();
            item.renewals = 0;
        }
        let tell =
            item.told_at.is_none_or(|told| now.steady_age_of(told) >= TELL_PROGRESS_EVERY_MS);
        if tell {
            item.told_at = Some(now);
            self.tell(HostEvent::UploadProgress, id);
        }
        // Nobody reads faster, and drawing each report of each transfer keeps the page busy.
        if tell || was_stalled || is_all_sent {
            self.touch(id);
        }
    }

    pub(crate) fn put_ended(&mut self, ticket: Ticket, end: &PutEnd, now: Now) {
        let Some(id) = self.put_of(ticket) else { return };
        self.errands.remove(&ticket);
        let lifetime = u64::from(self.url_expiry_seconds()) * 1_000;
        let Some(uploading) = self.uploading(id) else { return };
        let url_is_old = now.age_of(uploading.grant.asked_at) >= lifetime;
        uploading.step = Step::Ready;
        uploading.stalled = false;
        // A browser that reports progress reports the last byte before the answer; what comes sooner is
        // the word of something in between that did not wait for the file. Should a browser not keep
        // to that, the second time Connect is asked: it completes only what it has.
        let sent = uploading.progress.sent();
        let in_part = sent > 0 && !uploading.progress.is_all_sent() && !uploading.doubted;
        self.touch(id);
        if matches!(end, PutEnd::Answered { .. }) {
            self.bucket_answered = true;
        }
        if !self.online && matches!(end, PutEnd::NoAnswer { source: SourceState::Readable }) {
            // Held, not failed: it goes again when the network is back.
            return;
        }
        match judge(end, url_is_old) {
            PutVerdict::Sent if in_part => {
                if let Some(uploading) = self.uploading(id) {
                    uploading.doubted = true;
                }
                let failure = Failure::new(Stage::Put, Code::NetworkLost, true);
                self.repeat_put(id, failure, None, now);
            }
            PutVerdict::Sent => {
                if let Some(item) = self.items.get_mut(&id) {
                    item.tries.reset();
                }
                let completing = Completing { step: Step::Ready, unsure: false };
                self.set_phase(id, Phase::Completing(completing));
            }
            PutVerdict::Expired => self.renew(id, url_expired(), now),
            PutVerdict::NotYetValid => {
                let failure = Failure::new(Stage::Put, Code::StorageDenied, true);
                self.repeat_put(id, failure, Some(NOT_YET_VALID_PAUSE_MS), now);
            }
            PutVerdict::Passing(failure) => self.repeat_put(id, failure, None, now),
            PutVerdict::Final(failure) => self.fail(id, failure),
        }
    }

    fn repeat_put(&mut self, id: ItemId, failure: Failure, pause_ms: Option<u64>, now: Now) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let Phase::Uploading(uploading) = &mut item.phase else { return };
        let policy = if self.bucket_answered { &STEP } else { &STRANGER };
        match item.tries.failed(policy, now, pause_ms, &mut self.dice) {
            Some(pause) => {
                uploading.step = Step::Backoff(Due::after(now, pause));
                self.tell(HostEvent::UploadRetry, id);
            }
            None => {
                let never_answered = failure.code == Code::NetworkLost && !self.bucket_answered;
                let code = if never_answered { Code::BucketUnreachable } else { failure.code };
                self.fail(id, Failure { code, ..failure });
            }
        }
    }

    /// Flags PUTs that stand still and stops those that stood still too long.
    pub(crate) fn watch_transfers(&mut self, now: Now) {
        let running: Vec<(ItemId, Ticket)> = self
            .active()
            .filter_map(|item| match &item.phase {
                Phase::Uploading(uploading) => Some((item.id, uploading.step.ticket()?)),
                _ => None,
            })
            .collect();
        for (id, ticket) in running {
            let Some(uploading) = self.uploading(id) else { continue };
            let idle = now.steady_age_of(uploading.moved_at);
            if idle >= stop_after(uploading) {
                self.abort(ticket);
                if let Some(uploading) = self.uploading(id) {
                    uploading.step = Step::Ready;
                    uploading.stalled = false;
                }
                self.touch(id);
                if self.online {
                    let failure = Failure::new(Stage::Put, Code::NetworkLost, true);
                    self.repeat_put(id, failure, None, now);
                }
            } else if idle >= STALLED_AFTER_MS
                && !uploading.stalled
                && !uploading.progress.is_all_sent()
            {
                uploading.stalled = true;
                self.touch(id);
                self.tell(HostEvent::UploadStalled, id);
            }
        }
    }

    /// Stops a running PUT without judging it, for a pause or a cancel.
    pub(crate) fn stop_put(&mut self, id: ItemId) {
        let Some(uploading) = self.uploading(id) else { return };
        let Some(ticket) = uploading.step.ticket() else { return };
        uploading.step = Step::Ready;
        uploading.stalled = false;
        self.abort(ticket);
        self.touch(id);
    }

    fn put_of(&self, ticket: Ticket) -> Option<ItemId> {
        match self.errands.get(&ticket)?.purpose {
            Purpose::Put(id) => Some(id),
            _ => None,
        }
    }

    fn uploading(&mut self, id: ItemId) -> Option<&mut Uploading> {
        match &mut self.items.get_mut(&id)?.phase {
            Phase::Uploading(uploading) => Some(uploading),
            _ => None,
        }
    }
}

fn url_expired() -> Failure {
    Failure::new(Stage::Put, Code::UrlExpired, true)
}

fn stop_after(uploading: &Uploading) -> u64 {
    if uploading.progress.is_all_sent() { ANSWER_LOST_AFTER_MS } else { GIVE_UP_AFTER_MS }
}

/// Milliseconds until the next stall rule may apply to a transfer that runs.
pub(crate) fn stall_left(uploading: &Uploading, now: Now) -> u64 {
    let idle = now.steady_age_of(uploading.moved_at);
    let flag = STALLED_AFTER_MS.saturating_sub(idle);
    let stop = stop_after(uploading).saturating_sub(idle);
    if flag > 0 && !uploading.progress.is_all_sent() { flag } else { stop.max(1) }
}
