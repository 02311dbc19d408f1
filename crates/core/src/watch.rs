//! Following the verdict: one schedule and one batch call per resource for all waiting files.

use std::sync::Arc;

use crate::call::{Answer, Call, CallError};
use crate::clock::{Due, Now};
use crate::dice::Dice;
use crate::errand::Purpose;
use crate::error::{Code, Stage};
use crate::item::Item;
use crate::phase::{Patience, Phase, Scanning};
use crate::resource::Resource;
use crate::session::Session;
use crate::wake::Wake;
use crate::wire::{BATCH_MAX, BatchRequest};

/// Pauses between two rounds of polls, in milliseconds; the last one repeats.
const PAUSES_MS: &[u64] = &[1_000, 2_000, 3_000, 5_000, 8_000];
/// Pause, a tenth longer or shorter, once all that is waited for takes longer than usual: about
/// a minute, for a verdict that late is not expected soon.
const SLOW_PAUSE_MS: u64 = 54_000;
/// Longest pause while polls themselves fail.
const FAILING_PAUSE_MS: u64 = 15_000;
/// After this long without a verdict the row says *still being checked*. The scanner's own time-out
/// is 60 seconds.
const SLOW_AFTER_MS: u64 = 90_000;
/// After this long nobody asks any more unless told to.
const GIVE_UP_AFTER_MS: u64 = 900_000;

/// So many failed rounds in a row end the asking, once it has gone on for long enough.
const MAX_FAILURES: u8 = 5;

/// The schedule of one resource. A new file does not restart it.
#[derive(Debug)]
pub(crate) struct Watch {
    /// Rounds ended so far, which tells the pause before the next.
    rounds: usize,
    /// Rounds in a row whose last call failed.
    failures: u8,
    due: Due,
    /// Ids that this round has still to ask for: a batch takes 100, and the gate lets one call pass.
    left: Vec<String>,
    outstanding: usize,
    /// Whether the caller was turned away the last time.
    denied: bool,
}

/// The schedules: a few at most, so that a plain list is smallest.
#[derive(Debug, Default)]
pub(crate) struct Watches(Vec<(Arc<Resource>, Watch)>);

impl Watches {
    fn get_mut(&mut self, resource: &Resource) -> Option<&mut Watch> {
        let own = self.0.iter_mut().find(|(own, _)| **own == *resource);
        own.map(|(_, watch)| watch)
    }

    fn insert(&mut self, resource: Arc<Resource>, watch: Watch) {
        self.0.push((resource, watch));
    }

    fn remove(&mut self, resource: &Resource) {
        self.0.retain(|(own, _)| **own != *resource);
    }
}

impl Watch {
    fn new(due: Due) -> Self {
        Self { rounds: 0, failures: 0, due, left: Vec::new(), outstanding: 0, denied: false }
    }

    fn is_between_rounds(&self) -> bool {
        self.outstanding == 0 && self.left.is_empty()
    }
}

impl Session {
    /// Sees to it that the resource is watched.
    pub(crate) fn watch(&mut self, resource: &Arc<Resource>, now: Now) {
        let usual = Due::after(now, self.pause_before_poll(PAUSES_MS.len(), false));
        match self.watches.get_mut(resource) {
            // It may stand at the long pauses of files that take longer than usual.
            Some(watch) if watch.due.left(now) > usual.left(now) => watch.due = usual,
            Some(_) => {}
            None => {
                let due = Due::after(now, self.pause_before_poll(0, false));
                self.watches.insert(Arc::clone(resource), Watch::new(due));
            }
        }
    }

    /// Sends the polls that are due. None while hidden: a verdict nobody sees can wait.
    pub(crate) fn poll(&mut self, now: Now) {
        if !self.visible {
            return;
        }
        let due = |watch: &Watch| !watch.left.is_empty() || watch.due.is_past(now);
        let resources: Vec<Arc<Resource>> = self
            .watches
            .0
            .iter()
            .filter(|(_, watch)| due(watch))
            .map(|(resource, _)| Arc::clone(resource))
            .collect();
        for resource in resources {
            self.poll_resource(&resource, now);
        }
    }

    fn poll_resource(&mut self, resource: &Arc<Resource>, now: Now) {
        let waiting = self.waiting_ids(resource);
        let Some(watch) = self.watches.get_mut(resource) else { return };
        let mut left = std::mem::take(&mut watch.left);
        if left.is_empty() && watch.outstanding == 0 {
            if waiting.is_empty() {
                self.watches.remove(resource);
                return;
            }
            left = waiting;
        } else {
            left.retain(|id| waiting.contains(id));
        }
        while !left.is_empty() {
            let chunk: Vec<String> = left.iter().take(BATCH_MAX).cloned().collect();
            let call = Call::Batch(BatchRequest { file_ids: chunk.clone() });
            let asked = chunk.len();
            if self.call(Purpose::Poll(chunk), resource, call, now).is_none() {
                break;
            }
            left.drain(..asked);
            if let Some(watch) = self.watches.get_mut(resource) {
                watch.outstanding += 1;
            }
        }
        if let Some(watch) = self.watches.get_mut(resource) {
            watch.left = left;
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
        // The edge asks the host for headers at each call: a sign-in that has run out may be renewed.
        let denied = matches!(&result, Err(CallError::Refused(error)) if error.code == Code::Unauthenticated);
        let again = denied && self.watches.get_mut(resource).is_some_and(|watch| !watch.denied);
        match result {
            Err(_) if again => {}
            Ok(Answer::Batch(answer)) => self.statuses_came(resource, &answer, now),
            Ok(_) => {}
            // Throttled, no answer, 5xx: the schedule asks again.
            Err(error) if error.is_passing() || is_throttled(&error) => {}
            Err(error) => self.verdicts_denied(resource, ids, &error.failure(Stage::Watch)),
        }
        let Some(watch) = self.watches.get_mut(resource) else { return };
        watch.outstanding = watch.outstanding.saturating_sub(1);
        watch.denied = denied;
        watch.failures = if failing { watch.failures.saturating_add(1) } else { 0 };
        let (failures, rounds) = (watch.failures, watch.rounds + 1);
        if !failing || failures >= MAX_FAILURES {
            self.give_up_on(resource, ids, now);
        }
        let Some(watch) = self.watches.get_mut(resource) else { return };
        if !watch.is_between_rounds() {
            return;
        }
        if self.waiting_ids(resource).is_empty() {
            self.watches.remove(resource);
            return;
        }
        let is_usual = |item: &Item| match &item.phase {
            Phase::Scanning(scanning) => {
                item.resource == *resource && scanning.patience == Patience::Usual
            }
            _ => false,
        };
        let pause = if failing || self.items().any(is_usual) {
            self.pause_before_poll(rounds, failing)
        } else {
            jittered(SLOW_PAUSE_MS, &mut self.dice)
        };
        let due = Due::after(now, if again { 0 } else { pause });
        if let Some(watch) = self.watches.get_mut(resource) {
            watch.rounds = rounds;
            watch.due = due;
        }
    }

    /// Stops asking for files that have waited too long. Decided only after asking once more, so that
    /// neither sleep nor a hidden page nor a lost network ends the wait by itself.
    fn give_up_on(&mut self, resource: &Arc<Resource>, ids: &[String], now: Now) {
        for file_id in ids {
            if let Some(id) = self.row_of(resource, file_id)
                && let Some(item) = self.items.get_mut(&id)
                && let Phase::Scanning(scanning) = &mut item.phase
                && now.steady_age_of(scanning.since) >= GIVE_UP_AFTER_MS
                && scanning.patience != Patience::AskedNoMore
            {
                scanning.patience = Patience::AskedNoMore;
                self.touch(id);
            }
        }
    }

    /// Notes which verdicts take longer than usual.
    pub(crate) fn lose_patience(&mut self, now: Now) {
        let is_slow = |item: &Item| match &item.phase {
            Phase::Scanning(scanning) if scanning.patience == Patience::Usual => {
                now.age_of(scanning.since) >= SLOW_AFTER_MS
            }
            _ => false,
        };
        let slow = self.active_where(&is_slow);
        for id in slow {
            if let Some(Phase::Scanning(scanning)) = self.items.get_mut(&id).map(|i| &mut i.phase) {
                scanning.patience = Patience::Slow;
            }
            self.touch(id);
        }
    }

    /// Notes when the next poll is due.
    pub(crate) fn note_polls(&self, wake: &mut Wake) {
        if self.visible && self.online {
            for (_, watch) in self.watches.0.iter().filter(|(_, watch)| watch.is_between_rounds()) {
                wake.at(watch.due);
            }
        }
    }

    /// Asks anew for every outstanding verdict of a resource, at once.
    pub(crate) fn ask_again(&mut self, resource: &Arc<Resource>, now: Now) {
        let mut waiting = Vec::new();
        for item in self.items.values_mut().filter(|item| item.resource == *resource) {
            if let Phase::Scanning(scanning) = &mut item.phase {
                (scanning.since, scanning.patience) = (now, Patience::Usual);
                waiting.push(item.id);
            }
        }
        for id in &waiting {
            self.touch(*id);
        }
        if !waiting.is_empty() {
            let due = Due::after(now, 0);
            match self.watches.get_mut(resource) {
                // A round under way goes on: the schedule stays the only one of its resource.
                Some(watch) => (watch.rounds, watch.failures, watch.due) = (0, 0, due),
                None => self.watches.insert(Arc::clone(resource), Watch::new(due)),
            }
        }
    }

    fn pause_before_poll(&mut self, rounds: usize, failing: bool) -> u64 {
        let last = PAUSES_MS.last().copied().unwrap_or(FAILING_PAUSE_MS);
        let pause = match PAUSES_MS.get(rounds) {
            Some(&pause) => pause,
            None if failing => FAILING_PAUSE_MS,
            None => last,
        };
        jittered(pause, &mut self.dice)
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
}

/// A fifth of jitter, so that the agents of one account do not poll in step.
fn jittered(pause: u64, dice: &mut Dice) -> u64 {
    pause - pause / 10 + dice.up_to(pause / 5)
}

fn is_throttled(error: &CallError) -> bool {
    matches!(error, CallError::Refused(refused) if refused.code == Code::Throttled)
}

/// Milliseconds until a row's wording changes.
pub(crate) fn patience_left(scanning: &Scanning, now: Now) -> u64 {
    match scanning.patience {
        Patience::Usual => SLOW_AFTER_MS.saturating_sub(now.age_of(scanning.since)),
        _ => 0,
    }
}
