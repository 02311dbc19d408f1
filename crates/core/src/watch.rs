//! Following the verdict: one schedule and one batch call per resource for all waiting files.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::call::{Answer, Call, CallError};
use crate::clock::{Due, Now};
use crate::error::{Code, Failure, Stage};
use crate::event::Effect;
use crate::item::{Item, ItemId};
use crate::phase::{Patience, Phase, Scanning};
use crate::resource::Resource;
use crate::session::{Purpose, Session};
use crate::wire::{BATCH_MAX, BatchAnswer, BatchRequest, FileStatus};

/// Pauses between two polls, in milliseconds; the last one repeats.
const PAUSES_MS: &[u64] = &[1_000, 2_000, 3_000, 5_000, 8_000];
/// Longest pause while polls themselves fail.
const FAILING_PAUSE_MS: u64 = 15_000;
/// After this long without a verdict the row says *still being checked*. The scanner's own time-out
/// is 60 seconds.
const SLOW_AFTER_MS: u64 = 90_000;
/// After this long nobody asks any more unless told to.
const GIVE_UP_AFTER_MS: u64 = 900_000;
/// So many polls in a row that do not find a file make it an error; the first ones may only be early.
const MAX_MISSES: u8 = 5;

/// The schedule of one resource. A new file does not restart it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Watch {
    polls: usize,
    due: Due,
    outstanding: usize,
}

impl Session {
    /// Sees to it that the resource is watched.
    pub(crate) fn watch(&mut self, resource: &Arc<Resource>, now: Now) {
        if !self.watches.contains_key(resource) {
            let due = Due::after(now, self.pause_before_poll(0, false));
            let watch = Watch { polls: 0, due, outstanding: 0 };
            self.watches.insert(Arc::clone(resource), watch);
        }
    }

    /// Sends the polls that are due. None while hidden: a verdict nobody sees can wait.
    pub(crate) fn poll(&mut self, now: Now) {
        if !self.visible {
            return;
        }
        let due: Vec<Arc<Resource>> = self
            .watches
            .iter()
            .filter(|(_, watch)| watch.outstanding == 0 && watch.due.is_past(now))
            .map(|(resource, _)| Arc::clone(resource))
            .collect();
        for resource in due {
            let ids = self.waiting_ids(&resource);
            if ids.is_empty() {
                self.watches.remove(&resource);
                continue;
            }
            for chunk in ids.chunks(BATCH_MAX) {
                let call = Call::Batch(BatchRequest { file_ids: chunk.to_vec() });
                let purpose = Purpose::Poll(chunk.to_vec());
                if self.call(purpose, &resource, call, now).is_some()
                    && let Some(watch) = self.watches.get_mut(&resource)
                {
                    watch.outstanding += 1;
                }
            }
        }
    }

    pub(crate) fn poll_answered(
        &mut self,
        resource: &Arc<Resource>,
        ids: &[String],
        result: Result<Answer, CallError>,
        now: Now,
    ) {
        let failing = result.is_err();
        match result {
            Ok(Answer::Batch(answer)) => self.statuses_came(resource, &answer, now),
            Ok(_) => {}
            // Throttled, no answer, 5xx: the schedule asks again.
            Err(error) if error.is_passing() || is_throttled(&error) => {}
            Err(error) => self.verdicts_denied(resource, ids, &error.failure(Stage::Watch)),
        }
        let Some(watch) = self.watches.get_mut(resource) else { return };
        watch.outstanding = watch.outstanding.saturating_sub(1);
        if watch.outstanding == 0 {
            watch.polls += 1;
            let polls = watch.polls;
            let due = Due::after(now, self.pause_before_poll(polls, failing));
            if self.waiting_ids(resource).is_empty() {
                self.watches.remove(resource);
            } else if let Some(watch) = self.watches.get_mut(resource) {
                watch.due = due;
            }
        }
    }

    fn statuses_came(&mut self, resource: &Arc<Resource>, answer: &BatchAnswer, now: Now) {
        let rows = self.rows_by_file_id(resource);
        for file in &answer.files {
            let Some(&id) = file.file_id.as_ref().and_then(|file_id| rows.get(file_id)) else {
                continue;
            };
            if let Some(item) = self.items.get_mut(&id) {
                item.notice = None;
                if file.creation_time.is_some() {
                    item.created_at.clone_from(&file.creation_time);
                }
            }
            self.status_came(id, file.file_status.as_ref(), now);
        }
        for error in &answer.errors {
            let Some(&id) = error.file_id.as_ref().and_then(|file_id| rows.get(file_id)) else {
                continue;
            };
            self.not_found(id, error.error_code.clone());
        }
    }

    /// Takes over what the service says of a row that waits, or of one just listed.
    pub(crate) fn status_came(&mut self, id: ItemId, status: Option<&FileStatus>, now: Now) {
        let Some(item) = self.items.get(&id) else { return };
        let scanning = |raw: Option<FileStatus>| match &item.phase {
            Phase::Scanning(known) => Phase::Scanning(Scanning { raw, misses: 0, ..known.clone() }),
            _ => {
                Phase::Scanning(Scanning { since: now, raw, patience: Patience::Usual, misses: 0 })
            }
        };
        let phase = match status {
            Some(FileStatus::Approved) => Phase::Approved,
            Some(FileStatus::Rejected) => Phase::Rejected,
            Some(FileStatus::Failed) => Phase::Failed,
            Some(FileStatus::Processing) | None => scanning(None),
            Some(FileStatus::UploadExpired) => {
                let retryable = item.source.is_some();
                Phase::Error(Failure::new(Stage::Watch, Code::UploadExpired, retryable))
            }
            Some(FileStatus::Deleted) => Phase::Deleted,
            Some(other) => scanning(Some(other.clone())),
        };
        if phase == item.phase {
            return;
        }
        let is_gone = phase == Phase::Deleted;
        let keeps_file = !matches!(phase, Phase::Approved | Phase::Rejected);
        self.set_phase(id, phase);
        if !keeps_file {
            self.release(id);
        }
        if is_gone {
            self.drop_row(id);
        }
    }

    fn not_found(&mut self, id: ItemId, service_code: Option<String>) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let Phase::Scanning(scanning) = &mut item.phase else { return };
        scanning.misses = scanning.misses.saturating_add(1);
        if scanning.misses >= MAX_MISSES {
            let retryable = item.source.is_some();
            let failure = Failure::new(Stage::Watch, Code::NotFound, retryable);
            self.fail(id, Failure { service_code, ..failure });
        }
    }

    /// The service would not say: the files are sent, their verdict stays open.
    fn verdicts_denied(&mut self, resource: &Arc<Resource>, ids: &[String], failure: &Failure) {
        let rows = self.rows_by_file_id(resource);
        for id in ids.iter().filter_map(|file_id| rows.get(file_id).copied()) {
            if let Some(item) = self.items.get_mut(&id)
                && let Phase::Scanning(scanning) = &mut item.phase
            {
                scanning.patience = Patience::AskedNoMore;
                item.notice = Some(failure.clone());
                self.touch(id);
            }
        }
    }

    /// Notes how long verdicts have been outstanding.
    pub(crate) fn lose_patience(&mut self, now: Now) {
        let mut changed = Vec::new();
        for item in self.items.values_mut() {
            if let Phase::Scanning(scanning) = &mut item.phase {
                let patience = match now.age_of(scanning.since) {
                    GIVE_UP_AFTER_MS.. => Patience::AskedNoMore,
                    SLOW_AFTER_MS.. if scanning.patience == Patience::Usual => Patience::Slow,
                    _ => scanning.patience,
                };
                if patience != scanning.patience {
                    scanning.patience = patience;
                    changed.push(item.id);
                }
            }
        }
        for id in changed {
            self.touch(id);
        }
    }

    /// Milliseconds until the next poll.
    pub(crate) fn next_poll(&self, now: Now) -> Option<u64> {
        if !self.visible || !self.online {
            return None;
        }
        let open = self.watches.values().filter(|watch| watch.outstanding == 0);
        open.map(|watch| watch.due.left(now)).min()
    }

    /// Milliseconds until a row's wording changes.
    pub(crate) fn next_impatience(&self, now: Now) -> Option<u64> {
        self.items
            .values()
            .filter_map(|item| match &item.phase {
                Phase::Scanning(scanning) => {
                    let age = now.age_of(scanning.since);
                    match scanning.patience {
                        Patience::Usual => Some(SLOW_AFTER_MS.saturating_sub(age)),
                        Patience::Slow => Some(GIVE_UP_AFTER_MS.saturating_sub(age)),
                        Patience::AskedNoMore => None,
                    }
                }
                _ => None,
            })
            .min()
    }

    /// Asks anew for every outstanding verdict of a resource, at once.
    pub(crate) fn ask_again(&mut self, resource: &Arc<Resource>, now: Now) {
        let mut waits = false;
        for item in self.items.values_mut().filter(|item| item.resource == *resource) {
            if let Phase::Scanning(scanning) = &mut item.phase {
                *scanning = Scanning { since: now, patience: Patience::Usual, ..scanning.clone() };
                waits = true;
            }
        }
        if waits {
            self.watches.insert(
                Arc::clone(resource),
                Watch { polls: 0, due: Due::after(now, 0), outstanding: 0 },
            );
        }
    }

    fn pause_before_poll(&mut self, polls: usize, failing: bool) -> u64 {
        let last = PAUSES_MS.last().copied().unwrap_or(FAILING_PAUSE_MS);
        let pause = match PAUSES_MS.get(polls) {
            Some(&pause) => pause,
            None if failing => FAILING_PAUSE_MS,
            None => last,
        };
        // A fifth of jitter, so that the agents of one account do not poll in step.
        pause - pause / 10 + self.dice.up_to(pause / 5)
    }

    fn waiting_ids(&self, resource: &Resource) -> Vec<String> {
        self.items
            .values()
            .filter(|item| *item.resource == *resource)
            .filter(|item| match &item.phase {
                Phase::Scanning(scanning) => scanning.patience != Patience::AskedNoMore,
                _ => false,
            })
            .filter_map(|item| item.file_id.clone())
            .collect()
    }

    pub(crate) fn rows_by_file_id(&self, resource: &Resource) -> BTreeMap<String, ItemId> {
        let of_resource = self.items.values().filter(|item| *item.resource == *resource);
        of_resource.filter_map(|item: &Item| Some((item.file_id.clone()?, item.id))).collect()
    }

    /// Lets go of a row's file.
    pub(crate) fn release(&mut self, id: ItemId) {
        if let Some(source) = self.items.get_mut(&id).and_then(|item| item.source.take()) {
            self.effects.push(Effect::Release(source));
        }
    }
}

fn is_throttled(error: &CallError) -> bool {
    matches!(error, CallError::Refused(refused) if refused.code == Code::Throttled)
}
