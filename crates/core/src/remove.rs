//! Stopping, trying again, taking off the list, and deleting for good.

use std::sync::Arc;

use crate::call::{Answer, Call, CallError};
use crate::clock::Now;
use crate::errand::Purpose;
use crate::error::{Code, Stage};
use crate::item::ItemId;
use crate::leftover::is_interrupted;
use crate::phase::{Completing, Deleting, Patience, Phase, Scanning, Step};
use crate::resource::Resource;
use crate::retry::{CLEANUP, STEP, Tries};
use crate::session::Session;

/// A file record that nobody wants any more and that is deleted as well as can be: it may count
/// against the case's 50 files.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Orphan {
    pub(crate) resource: Arc<Resource>,
    pub(crate) file_id: String,
    pub(crate) step: Step,
    pub(crate) tries: Tries,
}

impl Session {
    /// Stops an upload. What Connect already knows of it is deleted.
    pub(crate) fn cancel(&mut self, id: ItemId) {
        let Some(item) = self.items.get_mut(&id) else { return };
        item.tries.reset();
        item.is_paused = false;
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
                if let Some(errand) =
                    starting.step.ticket().and_then(|ticket| self.errands.get_mut(&ticket))
                {
                    errand.purpose = Purpose::AbandonedStart;
                }
            }
            Phase::Uploading(_) => self.stop_put(id),
            Phase::Completing(completing) => {
                // Complete may still take effect; the delete that follows undoes it either way.
                if let Some(ticket) = completing.step.ticket() {
                    self.abort(ticket);
                }
            }
            Phase::Scanning(_) => return self.delete(id),
            _ => return,
        }
        let file_id = self.items.get_mut(&id).and_then(|item| item.file_id.take());
        self.abandon(&resource, file_id);
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
            Phase::Error(failure) if failure.stage == Stage::Complete && item.file_id.is_some() => {
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

    /// Deletes a stored file for good.
    pub(crate) fn delete(&mut self, id: ItemId) {
        let Some(item) = self.items.get_mut(&id) else { return };
        if item.file_id.is_none()
            || !matches!(
                item.phase,
                Phase::Approved | Phase::Rejected | Phase::Failed | Phase::Scanning(_)
            )
        {
            return;
        }
        item.notice = None;
        item.tries.reset();
        let back = Box::new(item.phase.clone());
        self.stop_download(id);
        self.set_phase(id, Phase::Deleting(Deleting { step: Step::Ready, back }));
    }

    pub(crate) fn begin_delete(&mut self, id: ItemId, now: Now) {
        let Some(item) = self.items.get(&id) else { return };
        let Some(file_id) = item.file_id.clone() else { return };
        let resource = Arc::clone(&item.resource);
        let call = Call::Delete { file_id };
        if let Some(ticket) = self.call(Purpose::Delete(id), &resource, call, now)
            && let Some(step) = self.items.get_mut(&id).and_then(|item| item.phase.step_mut())
        {
            *step = Step::Running(ticket);
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
                        let back = (*deleting.back).clone();
                        item.notice = Some(error.failure(Stage::Delete));
                        let resource = Arc::clone(&item.resource);
                        let waits = matches!(back, Phase::Scanning(_));
                        self.set_phase(id, back);
                        if waits {
                            self.watch(&resource, now);
                        }
                    }
                }
                return;
            }
        }
        self.gone.extend(self.items.get_mut(&id).and_then(|item| item.file_id.take()));
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
                file_id,
                step: Step::Ready,
                tries: Tries::default(),
            });
        }
    }

    /// Whether a record is deleted or about to be, so that a list that came late must not show it.
    pub(crate) fn is_unwanted(&self, file_id: &str) -> bool {
        self.orphans.iter().any(|orphan| orphan.file_id == file_id)
            || self.gone.iter().any(|gone| gone == file_id)
    }

    /// Sends the deletes of orphans that are due.
    pub(crate) fn pump_orphans(&mut self, now: Now) {
        let due: Vec<(Arc<Resource>, String)> = self
            .orphans
            .iter()
            .filter(|orphan| orphan.step.is_due(now))
            .map(|orphan| (Arc::clone(&orphan.resource), orphan.file_id.clone()))
            .collect();
        for (resource, file_id) in due {
            let purpose = Purpose::DeleteOrphan(file_id.clone());
            let call = Call::Delete { file_id: file_id.clone() };
            let Some(ticket) = self.call(purpose, &resource, call, now) else { return };
            if let Some(orphan) = self.orphans.iter_mut().find(|orphan| orphan.file_id == file_id) {
                orphan.step = Step::Running(ticket);
            }
        }
    }

    pub(crate) fn orphan_answered(
        &mut self,
        file_id: &str,
        result: &Result<Answer, CallError>,
        now: Now,
    ) {
        let Some(at) = self.orphans.iter().position(|orphan| orphan.file_id == file_id) else {
            return;
        };
        let Some(orphan) = self.orphans.get_mut(at) else { return };
        let failed = result.as_ref().err().filter(|error| !is_gone(error));
        let again = failed.and_then(|error| {
            orphan.tries.after(&CLEANUP, error, self.online, now, &mut self.dice)
        });
        match again {
            Some(step) => orphan.step = step,
            None => {
                // Done, or given up: Connect lets records that were never completed run out by itself.
                let orphan = self.orphans.remove(at);
                if failed.is_none() {
                    self.gone.push(orphan.file_id);
                }
            }
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
