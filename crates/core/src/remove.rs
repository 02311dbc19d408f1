//! Stopping, trying again, taking off the list, and deleting for good.

use std::sync::Arc;

use crate::call::{Answer, Call, CallError};
use crate::clock::{Due, Now};
use crate::errand::Purpose;
use crate::error::{Code, Stage};
use crate::item::ItemId;
use crate::leftover::is_interrupted;
use crate::phase::{Completing, Deleting, Patience, Phase, PhaseName, Scanning, Step, UNDO_MS};
use crate::resource::Resource;
use crate::retry::{CLEANUP, STEP, Tries};
use crate::session::Session;
use crate::wire::StartRequest;

/// A file record that nobody wants any more and that is deleted as well as can be: it may count
/// against the case's 50 files, and its name may be in the way of another.
#[derive(Debug)]
pub(crate) struct Orphan {
    pub(crate) resource: Arc<Resource>,
    /// Its id; the client token as long as that is not known.
    pub(crate) key: String,
    /// The start that may have made it: repeated by the same token it tells the id.
    start: Option<StartRequest>,
    /// Whether there may be such a record.
    unsure: bool,
    pub(crate) step: Step,
    pub(crate) tries: Tries,
}

impl Session {
    /// Stops an upload. What Connect already knows of it is deleted.
    pub(crate) fn cancel(&mut self, id: ItemId) {
        let Some(item) = self.items.get_mut(&id) else { return };
        item.tries.reset();
        item.is_paused = false;
        item.awaits_start &= matches!(item.phase, Phase::Invalid(_));
        let resource = Arc::clone(&item.resource);
        match &item.phase {
            Phase::Queued => {}
            Phase::Hashing(step) => {
                if let Some(ticket) = step.ticket() {
                    self.abort(ticket);
                }
            }
            Phase::Starting(starting) => {
                // Its answer is still wanted: it names the record to delete.
                let (step, unsure) = (starting.step, starting.unsure);
                self.leave_start(id);
                self.forsake(id, step, unsure);
            }
            Phase::Uploading(_) => self.stop_put(id),
            Phase::Completing(completing) => {
                if completing.unsure || completing.step.ticket().is_some() {
                    // It may take effect all the same. So the row is not canceled before the file is
                    // known to be gone.
                    return self.delete(id, None);
                }
            }
            Phase::Scanning(_) => return self.delete(id, None),
            _ => return,
        }
        let file_id = self.items.get_mut(&id).and_then(|item| item.file_id.take());
        self.abandon(&resource, file_id);
        self.forsake(id, Step::Ready, true);
        self.set_phase(id, Phase::Canceled);
    }

    /// Holds an upload. There is no resuming in the middle of a PUT: it begins anew.
    pub(crate) fn pause(&mut self, id: ItemId) {
        let Some(item) = self.items.get_mut(&id) else { return };
        if matches!(
            item.phase,
            Phase::Queued | Phase::Hashing(_) | Phase::Starting(_) | Phase::Uploading(_)
        ) {
            item.is_paused = true;
            self.stop_put(id);
            self.touch(id);
        }
    }

    pub(crate) fn resume(&mut self, id: ItemId) {
        if let Some(item) = self.items.get_mut(&id) {
            item.is_paused = false;
            item.awaits_start = false;
            // A URL that ran out during the pause ran out for no fault.
            item.renewals = 0;
            self.touch(id);
        }
    }

    /// Tries again what ended without success, from as far as it had come.
    pub(crate) fn retry(&mut self, id: ItemId, now: Now) {
        let Some(item) = self.items.get_mut(&id) else { return };
        item.tries.reset();
        item.renewals = 0;
        item.furthest = 0;
        item.notice = None;
        item.is_paused = false;
        self.touch(id);
        let Some(item) = self.items.get_mut(&id) else { return };
        let resource = Arc::clone(&item.resource);
        let has_file = item.source.is_some();
        match &item.phase {
            Phase::Scanning(scanning) if scanning.patience != Patience::Usual => {
                self.ask_again(&resource, now);
                self.touch(id);
            }
            Phase::Error(failure) if is_interrupted(failure.code) && item.file_id.is_some() => {
                self.check_status(id, now);
            }
            Phase::Error(failure)
                if failure.stage == Stage::Complete
                    && item.file_id.is_some()
                    // Connect has looked and not found what it needs: that is sent anew.
                    && !(failure.code == Code::InvalidRequest && has_file) =>
            {
                // The bytes are at S3: only the last word was lost.
                let completing = Completing { step: Step::Ready, unsure: true };
                self.set_phase(id, Phase::Completing(completing));
            }
            Phase::Error(failure)
                if failure.stage == Stage::Watch
                    && failure.code != Code::UploadExpired
                    && !(failure.code == Code::NotFound && has_file) =>
            {
                self.set_phase(id, Phase::Scanning(Scanning::new(now, None)));
                self.watch(&resource, now);
            }
            Phase::Error(_) | Phase::Canceled | Phase::Failed if has_file => {
                let file_id = item.file_id.take();
                self.abandon(&resource, file_id);
                self.set_phase(id, Phase::Queued);
                // Others may have taken its place or its name meanwhile.
                self.judge_again(&[id]);
            }
            _ => {}
        }
    }

    /// Takes an ended row off the list. The record of an upload that never ended well goes with it.
    pub(crate) fn remove(&mut self, id: ItemId) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let resource = Arc::clone(&item.resource);
        match &item.phase {
            Phase::Error(failure) if failure.stage != Stage::Watch => {
                let file_id = item.file_id.take();
                self.abandon(&resource, file_id);
            }
            Phase::Invalid(_) | Phase::Canceled | Phase::Error(_) => {}
            Phase::Rejected | Phase::Failed => {}
            // What is on its way is canceled first; what is stored is deleted, not removed.
            _ => return,
        }
        self.drop_row(id);
    }

    /// Deletes a stored file for good: at once, or after a pause that begins `soon`.
    pub(crate) fn delete(&mut self, id: ItemId, soon: Option<Now>) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let mut ticket = None;
        match &mut item.phase {
            Phase::Approved | Phase::Rejected | Phase::Failed | Phase::Scanning(_) => {}
            // Its answer would be taken for that of a file that stays.
            Phase::Completing(completing) if soon.is_none() => ticket = completing.step.ticket(),
            Phase::Deleting(deleting) if deleting.may_restore && soon.is_none() => {
                deleting.step = Step::Ready;
                deleting.may_restore = false;
                return self.touch(id);
            }
            _ => return,
        }
        if item.file_id.is_none() {
            return;
        }
        item.notice = None;
        item.tries.reset();
        let from = item.phase.name();
        let back = Box::new(std::mem::replace(&mut item.phase, Phase::Deleted));
        let step = soon.map_or(Step::Ready, |now| Step::Backoff(Due::after(now, UNDO_MS)));
        item.phase = Phase::Deleting(Deleting { step, back, may_restore: soon.is_some() });
        if let Some(ticket) = ticket {
            self.abort(ticket);
        }
        self.stop_download(id);
        self.phase_changed(id, from, PhaseName::Deleting);
    }

    /// Calls a delete off that has not gone out yet.
    pub(crate) fn restore(&mut self, id: ItemId, now: Now) {
        if let Some(item) = self.items.get_mut(&id)
            && let Phase::Deleting(deleting) = &mut item.phase
            && deleting.may_restore
        {
            let back = std::mem::replace(&mut *deleting.back, Phase::Deleted);
            self.go_back(id, back, now);
        }
    }

    /// Leads a row back to where it stood before a delete.
    fn go_back(&mut self, id: ItemId, back: Phase, now: Now) {
        let waits = matches!(back, Phase::Scanning(_));
        self.set_phase(id, back);
        if waits && let Some(item) = self.items.get(&id) {
            let resource = Arc::clone(&item.resource);
            self.watch(&resource, now);
        }
    }

    pub(crate) fn begin_delete(&mut self, id: ItemId, now: Now) {
        let Some(item) = self.items.get(&id) else { return };
        let Some(file_id) = item.file_id.clone() else { return };
        let resource = Arc::clone(&item.resource);
        let call = Call::Delete { file_id };
        if let Some(ticket) = self.call(Purpose::Delete(id), &resource, call, now)
            && let Some(Phase::Deleting(deleting)) = self.items.get_mut(&id).map(|i| &mut i.phase)
        {
            deleting.step = Step::Running(ticket);
            deleting.may_restore = false;
            self.touch(id);
        }
    }

    pub(crate) fn delete_answered(
        &mut self,
        id: ItemId,
        result: Result<Answer, CallError>,
        now: Now,
    ) {
        let online = self.online;
        let Some(item) = self.items.get_mut(&id) else { return };
        let Phase::Deleting(deleting) = &mut item.phase else { return };
        match result {
            Ok(_) => {}
            Err(ref error) if is_gone(error) => {}
            Err(error) => {
                match item.tries.after(&STEP, &error, online, now, &mut self.dice) {
                    Some(step) => {
                        deleting.step = step;
                        self.touch(id);
                    }
                    None => {
                        let back = std::mem::replace(&mut *deleting.back, Phase::Deleted);
                        item.notice = Some(error.failure(Stage::Delete));
                        if matches!(back, Phase::Completing(_)) {
                            return self.await_verdict(id, now);
                        }
                        self.go_back(id, back, now);
                    }
                }
                return;
            }
        }
        // What was canceled before it was attached stays on the list like anything else canceled.
        let is_canceled = matches!(*deleting.back, Phase::Completing(_));
        self.gone.extend(item.file_id.take());
        if is_canceled {
            return self.set_phase(id, Phase::Canceled);
        }
        self.set_phase(id, Phase::Deleted);
        self.drop_row(id);
    }

    /// Notes a record that is to be deleted in the background.
    pub(crate) fn abandon(&mut self, resource: &Arc<Resource>, file_id: Option<String>) {
        if let Some(file_id) = file_id {
            self.drop_listed(&file_id);
            let resource = Arc::clone(resource);
            self.orphans.push(Orphan {
                resource,
                key: file_id,
                start: None,
                unsure: true,
                step: Step::Ready,
                tries: Tries::default(),
            });
        }
    }

    /// Notes the record that an unanswered start of a row may have made; `step` is where that start
    /// stands, `unsure` whether an earlier try may have taken effect.
    pub(crate) fn forsake(&mut self, id: ItemId, step: Step, unsure: bool) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let Some((key, _)) = item.unanswered.take() else { return };
        let Some(item) = self.items.get(&id) else { return };
        let request = self.start_request(item, key.clone());
        let resource = Arc::clone(&item.resource);
        if let Some(errand) = step.ticket().and_then(|ticket| self.errands.get_mut(&ticket)) {
            errand.purpose = Purpose::Orphan(key.clone());
        }
        let (start, tries) = (Some(request), Tries::default());
        self.orphans.push(Orphan { resource, key, start, unsure, step, tries });
    }

    /// Whether a record is deleted or about to be, so that a list that came late must not show it.
    pub(crate) fn is_unwanted(&self, file_id: &str) -> bool {
        self.orphans.iter().any(|orphan| orphan.key == file_id)
            || self.gone.iter().any(|gone| gone == file_id)
    }

    /// Sends what is due to get rid of orphans.
    pub(crate) fn pump_orphans(&mut self, now: Now) {
        for at in 0..self.orphans.len() {
            let Some(orphan) = self.orphans.get(at) else { return };
            if !orphan.step.is_due(now) {
                continue;
            }
            let (key, resource) = (orphan.key.clone(), Arc::clone(&orphan.resource));
            let call = match &orphan.start {
                Some(request) => Call::Start(request.clone()),
                None => Call::Delete { file_id: key.clone() },
            };
            if let Some(ticket) = self.call(Purpose::Orphan(key), &resource, call, now)
                && let Some(orphan) = self.orphans.get_mut(at)
            {
                orphan.step = Step::Running(ticket);
            }
        }
    }

    pub(crate) fn orphan_answered(
        &mut self,
        key: &str,
        result: Result<Answer, CallError>,
        now: Now,
    ) {
        let Some(at) = self.orphans.iter().position(|orphan| orphan.key == key) else { return };
        let Some(orphan) = self.orphans.get_mut(at) else { return };
        let failed = match &result {
            // A start has made something, and did not say what.
            Err(CallError::Unreadable { .. }) if orphan.start.is_some() => {
                Some(&CallError::NoAnswer)
            }
            Err(error) if !is_gone(error) => Some(error),
            _ => None,
        };
        orphan.unsure |= failed.is_some_and(CallError::is_ambiguous);
        let again = failed.filter(|_| orphan.unsure).and_then(|error| {
            orphan.tries.after(&CLEANUP, error, self.online, now, &mut self.dice)
        });
        if let Some(step) = again {
            orphan.step = step;
            return;
        }
        // Done, or given up: Connect lets records that were never completed run out by itself.
        let has_failed = failed.is_some();
        let orphan = self.orphans.remove(at);
        match result {
            Ok(Answer::Start(answer)) => self.abandon(&orphan.resource, answer.file_id),
            _ if !has_failed => self.gone.push(orphan.key),
            _ => {}
        }
    }
}

/// Whether a delete that was answered with an error has what was wanted: there is no such record, or a
/// 2xx whose body nobody asked for.
fn is_gone(error: &CallError) -> bool {
    match error {
        CallError::Refused(refused) => refused.code == Code::NotFound,
        CallError::Unreadable { .. } => true,
        CallError::NoAnswer => false,
    }
}
