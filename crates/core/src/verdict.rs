//! What the service says of files that wait for their verdict, and what becomes of their rows.

use std::sync::Arc;

use crate::clock::Now;
use crate::error::{Code, Failure, Stage};
use crate::event::Effect;
use crate::item::ItemId;
use crate::phase::{Patience, Phase, Scanning};
use crate::resource::Resource;
use crate::session::Session;
use crate::wire::{BatchAnswer, FileStatus};

/// So many polls in a row that do not find a file make it an error; the first ones may only be early.
const MAX_MISSES: u8 = 5;

impl Session {
    pub(crate) fn statuses_came(
        &mut self,
        resource: &Arc<Resource>,
        answer: &BatchAnswer,
        now: Now,
    ) {
        for file in &answer.files {
            let row = file.file_id.as_deref().and_then(|file_id| self.row_of(resource, file_id));
            let Some(id) = row else { continue };
            let Some(item) = self.items.get_mut(&id) else { continue };
            // An answer sent before the user went on to delete or retry must not undo that.
            if !matches!(item.phase, Phase::Scanning(_)) {
                continue;
            }
            let mut is_news = item.notice.take().is_some();
            if file.creation_time.is_some() && item.created_at != file.creation_time {
                item.created_at.clone_from(&file.creation_time);
                is_news = true;
            }
            if is_news {
                self.touch(id);
            }
            self.status_came(id, file.file_status.as_ref(), now);
        }
        for error in answer.errors.iter().filter(|error| !error.is_passing()) {
            let row = error.file_id.as_deref().and_then(|file_id| self.row_of(resource, file_id));
            let Some(id) = row else { continue };
            self.not_found(id, error.error_code.clone());
        }
    }

    /// Takes over what the service says of a row that waits, or of one just listed.
    pub(crate) fn status_came(&mut self, id: ItemId, status: Option<&FileStatus>, now: Now) {
        let Some(item) = self.items.get(&id) else { return };
        let resource = Arc::clone(&item.resource);
        let scanning = |raw: Option<FileStatus>| match &item.phase {
            Phase::Scanning(known) => Phase::Scanning(Scanning { raw, misses: 0, ..known.clone() }),
            _ => Phase::Scanning(Scanning::new(now, raw)),
        };
        let is_check = matches!(&item.phase, Phase::Scanning(scanning) if scanning.is_check);
        let phase = match status {
            Some(FileStatus::Approved) => Phase::Approved,
            Some(FileStatus::Rejected) => Phase::Rejected,
            Some(FileStatus::Failed) => Phase::Failed,
            Some(FileStatus::Processing) | None if is_check => return self.not_received(id, true),
            Some(FileStatus::Processing) | None => scanning(None),
            Some(FileStatus::UploadExpired) => {
                let retryable = item.source.is_some();
                Phase::Error(Failure::new(Stage::Watch, Code::UploadExpired, retryable))
            }
            Some(FileStatus::Deleted) => Phase::Deleted,
            Some(_) if is_check => return self.not_received(id, true),
            Some(other) => scanning(Some(other.clone())),
        };
        if matches!(phase, Phase::Scanning(_)) {
            self.watch(&resource, now);
        }
        // Compared by hand: code for comparing all phases would be a kilobyte.
        let is_known = self.items.get(&id).is_none_or(|item| match (&item.phase, &phase) {
            (Phase::Scanning(known), Phase::Scanning(told)) => known == told,
            (known, told) => known.name() == told.name(),
        });
        if is_known {
            return;
        }
        let is_gone = matches!(phase, Phase::Deleted);
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
        if scanning.is_check {
            return self.not_received(id, false);
        }
        scanning.misses = scanning.misses.saturating_add(1);
        if scanning.misses >= MAX_MISSES {
            let retryable = item.source.is_some();
            let failure = Failure::new(Stage::Watch, Code::NotFound, retryable);
            self.fail(id, Failure { service_code, ..failure });
        }
    }

    /// The service would not say: the files are sent, their verdict stays open.
    pub(crate) fn verdicts_denied(
        &mut self,
        resource: &Arc<Resource>,
        ids: &[String],
        failure: &Failure,
    ) {
        for file_id in ids {
            if let Some(id) = self.row_of(resource, file_id)
                && let Some(item) = self.items.get_mut(&id)
                && let Phase::Scanning(scanning) = &mut item.phase
            {
                if scanning.is_check {
                    self.fail(id, Failure::new(Stage::Put, Code::Interrupted, true));
                    continue;
                }
                scanning.patience = Patience::AskedNoMore;
                item.notice = Some(failure.clone());
                self.touch(id);
            }
        }
    }

    /// The row of a file record.
    pub(crate) fn row_of(&self, resource: &Resource, file_id: &str) -> Option<ItemId> {
        let mut rows = self.items.values();
        let row = rows
            .find(|item| item.file_id.as_deref() == Some(file_id) && *item.resource == *resource)?;
        Some(row.id)
    }

    /// Lets go of a row's file.
    pub(crate) fn release(&mut self, id: ItemId) {
        if let Some(source) = self.items.get_mut(&id).and_then(|item| item.source.take()) {
            self.effects.push(Effect::Release(source));
        }
    }
}
