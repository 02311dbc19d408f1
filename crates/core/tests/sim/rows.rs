//! Promises about where rows stand.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use connect_attached_files_core::error::Stage;
use connect_attached_files_core::event::{Effect, Event};
use connect_attached_files_core::item::{Download, Item, ItemId};
use connect_attached_files_core::phase::{Phase, PhaseName};
use connect_attached_files_core::session::Session;
use connect_attached_files_core::wire::FileStatus;

use super::connect::Connect;
use super::ledger::Ledger;
use super::world::Broken;

impl Ledger {
    /// The rows that stand elsewhere than before, for the trace.
    pub(crate) fn moved(&self, session: &Session) -> Vec<String> {
        let name = |item: &Item| item.phase.name();
        let moved = |item: &&Item| self.before.get(&item.id).map(name) != Some(name(item));
        let now = session.items().filter(moved);
        let now = now.map(|item| format!("#{} {} {:?}", item.id.0, item.name, name(item)));
        let gone = self.before.keys().filter(|id| session.item(**id).is_none());
        now.chain(gone.map(|id| format!("#{} gone", id.0))).collect()
    }

    /// Whether no row has changed since the last event.
    pub(crate) fn is_as_before(&self, session: &Session) -> bool {
        session.items().eq(self.before.values())
    }

    /// Keeps the rows as they stand, and sees to it that every change was made known to who draws them.
    pub(super) fn remember(&mut self, session: &Session, changed: &[ItemId]) -> Result<(), Broken> {
        for item in session.items() {
            let same = self.before.get(&item.id) == Some(item);
            // Beside the row itself these two are all that its looks depend on.
            let around = (session.resource() == Some(&item.resource), session.hold(item).as_str());
            if same && self.around.get(&item.id) == Some(&around) {
                continue;
            }
            self.around.insert(item.id, around);
            let looks = looks(item, around);
            promise!(
                self.looks.insert(item.id, looks) == Some(looks) || changed.contains(&item.id),
                "{:?} looks another way, but nobody was told to draw it",
                item.id
            );
            if !same {
                self.before.insert(item.id, item.clone());
            }
        }
        let gone = |id: &ItemId| session.item(*id).is_none();
        let told = self.before.keys().filter(|id| gone(id)).all(|id| changed.contains(id));
        promise!(told, "a row went and nobody was told");
        self.before.retain(|id, _| !gone(id));
        Ok(())
    }

    pub(super) fn check_rows(
        &mut self,
        session: &Session,
        effects: &[Effect],
    ) -> Result<(), Broken> {
        let mut ids: BTreeMap<&String, ItemId> = BTreeMap::new();
        for item in session.items() {
            let id = item.id;
            if let Some(file_id) = &item.file_id {
                let other = ids.insert(file_id, id);
                promise!(other.is_none(), "{file_id} has two rows: {other:?} and {id:?}");
            }
            let old = self.before.get(&id);
            if let Some(status) = verdict(&item.phase)
                && old.is_none_or(|old| old.phase.name() != item.phase.name())
                && old.is_none_or(|old| old.phase.name() != PhaseName::Deleting)
            {
                let told = item.file_id.as_ref().and_then(|file_id| self.told.get(file_id));
                promise!(told == Some(&status), "{id:?} is {status:?}, but Connect said {told:?}");
            }
            let Some(old) = old else {
                self.check_new(session, item)?;
                continue;
            };
            self.check_change(session, old, item)?;
            promise!(old.resource == item.resource, "{id:?} moved to another resource");
            let changed = old.phase.name() != item.phase.name();
            promise!(
                !changed
                    || effects
                        .iter()
                        .any(|e| matches!(e, Effect::Tell { item, .. } if *item == id)),
                "{id:?} changed without a word"
            );
            if let (Phase::Uploading(old), Phase::Uploading(new)) = (&old.phase, &item.phase)
                && old.step.ticket().is_some()
                && old.step.ticket() == new.step.ticket()
            {
                promise!(new.progress.sent() >= old.progress.sent(), "{id:?} lost progress");
            }
            if old.file_id != item.file_id {
                self.doomed.extend(old.file_id.clone());
            }
        }
        Ok(())
    }

    pub(super) fn check_vanished(
        &mut self,
        session: &Session,
        connect: &Connect,
    ) -> Result<(), Broken> {
        for (id, old) in &self.before {
            if session.item(*id).is_some() {
                continue;
            }
            let by_hand = match &self.event {
                Some(Event::Remove(own) | Event::Replace(own, _)) => own == id,
                _ => false,
            };
            let by_switch = matches!(self.event, Some(Event::Resource(_)));
            let answered = matches!(self.event, Some(Event::Answered { .. } | Event::Tick));
            // A list told that somebody else, or a delete without an answer, took it away.
            let file_id = old.file_id.as_ref();
            let is_gone = answered && file_id.is_none_or(|id| !connect.records.contains_key(id));
            let fine = match &old.phase {
                Phase::Invalid(_) | Phase::Canceled => by_hand || by_switch,
                Phase::Error(_) => by_hand || !old.is_local,
                Phase::Approved => by_switch || !old.is_local && answered || is_gone,
                Phase::Rejected | Phase::Failed => by_hand || by_switch || !old.is_local || is_gone,
                // One that was canceled before it was attached stays.
                Phase::Deleting(deleting) => {
                    answered && deleting.back.name() != PhaseName::Completing
                }
                Phase::Scanning(_) => !old.is_local || answered,
                _ => false,
            };
            promise!(fine, "{id:?} {:?} was lost by {:?}", old.phase.name(), self.event);
            let doomed = match &old.phase {
                Phase::Error(failure) => by_hand && failure.stage != Stage::Watch,
                Phase::Deleting(_) => true,
                _ => false,
            };
            // A listed row may have turned out to be the record of an upload that goes on.
            let is_kept = session.items().any(|item| item.file_id == old.file_id);
            if doomed && !is_kept {
                self.doomed.extend(old.file_id.clone());
            }
        }
        Ok(())
    }

    pub(super) fn check_fruit(
        &mut self,
        session: &Session,
        effects: &[Effect],
    ) -> Result<(), Broken> {
        let idle_tick =
            self.event == Some(Event::Tick) && effects.is_empty() && self.is_as_before(session);
        self.fruitless = if idle_tick { self.fruitless + 1 } else { 0 };
        promise!(self.fruitless < 60, "woken {} times in a row for nothing", self.fruitless);
        Ok(())
    }
}

/// A number for what is drawn of a row, but for its progress.
fn looks(item: &Item, around: (bool, &str)) -> u64 {
    let mut hasher = DefaultHasher::new();
    let flags = (around, item.source.is_some(), item.download != Download::Idle);
    let notice = item.notice.as_ref().map(|notice| (notice.stage.as_str(), notice.code.as_str()));
    let phase = match &item.phase {
        Phase::Scanning(scanning) => format!("{:?} {:?}", scanning.patience, scanning.raw),
        Phase::Uploading(uploading) => uploading.stalled.to_string(),
        Phase::Error(failure) => failure.code.as_str().to_owned(),
        _ => String::new(),
    };
    let texts = (&item.name, &item.file_id, &item.created_at, &item.created_by);
    let second = (&item.original_name, format!("{:?}", item.warnings), item.may_restore());
    (flags, notice, item.phase.name(), phase, texts, second, item.size).hash(&mut hasher);
    hasher.finish()
}

fn verdict(phase: &Phase) -> Option<FileStatus> {
    match phase {
        Phase::Approved => Some(FileStatus::Approved),
        Phase::Rejected => Some(FileStatus::Rejected),
        Phase::Failed => Some(FileStatus::Failed),
        _ => None,
    }
}
