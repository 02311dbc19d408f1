//! Promises about what people asked for: bytes handed over, deletes called off, files that wait, names.

use connect_attached_files_core::call::Call;
use connect_attached_files_core::clock::Now;
use connect_attached_files_core::duplicates::Duplicates;
use connect_attached_files_core::event::{Effect, Event};
use connect_attached_files_core::item::{Item, ItemId};
use connect_attached_files_core::names::clean;
use connect_attached_files_core::phase::{Phase, Step, UNDO_MS};
use connect_attached_files_core::session::Session;
use connect_attached_files_core::validate::Refusal;
use connect_attached_files_core::warning::Warning;

use super::ledger::Ledger;
use super::user::OFFENDERS;
use super::world::Broken;

impl Ledger {
    /// Takes note of a wish that the engine is about to hear.
    pub(super) fn wish(&mut self, event: &Event) {
        match event {
            Event::Many(events) => events.iter().for_each(|event| self.wish(event)),
            Event::Hand(id) => *self.hands.entry(*id).or_default() += 1,
            Event::ManualStart(manual) => self.manual = *manual,
            Event::Duplicates(duplicates) => self.renames = *duplicates == Duplicates::Rename,
            Event::Restore(id) if self.before.get(id).is_some_and(Item::may_restore) => {
                let file_id = self.file_of(*id).expect("what is stored has an id");
                self.soon.remove(&file_id);
                self.restored.insert(file_id);
            }
            Event::Delete(id) | Event::Cancel(id) | Event::Retry(id) => {
                if let Some(file_id) = self.file_of(*id) {
                    self.restored.remove(&file_id);
                    self.soon.remove(&file_id);
                }
            }
            _ => {}
        }
    }

    fn file_of(&self, id: ItemId) -> Option<String> {
        self.before.get(&id)?.file_id.clone()
    }

    /// Takes note of a delete that begins with a pause.
    pub(super) fn delete_begins(&mut self, session: &Session, now: Now) {
        if let Some(Event::DeleteSoon(id)) = self.event
            && session.item(id).is_some_and(Item::may_restore)
            && !self.before.get(&id).is_some_and(Item::may_restore)
        {
            let file_id = self.file_of(id).expect("what is stored has an id");
            self.restored.remove(&file_id);
            self.soon.insert(file_id, now);
        }
    }

    /// A hand-over ended, one way or the other.
    pub(super) fn hand_ended(&mut self, id: ItemId) -> Result<(), Broken> {
        let hands = self.hands.entry(id).or_default();
        promise!(*hands > 0, "{id:?} was handed over more often than asked");
        *hands -= 1;
        Ok(())
    }

    pub(super) fn check_wish(&self, session: &Session, effect: &Effect) -> Result<(), Broken> {
        if let Effect::Fetch { hand: Some(id), ticket, .. } = effect {
            promise!(self.hands.get(id).is_some_and(|&hands| hands > 0), "a hand nobody asked for");
            promise!(session.item(*id).is_some(), "{ticket:?} hands over what is not there");
        }
        Ok(())
    }

    pub(super) fn check_call_of_wish(
        &self,
        session: &Session,
        call: &Call,
        step: Step,
        now: Now,
    ) -> Result<(), Broken> {
        match call {
            Call::Start(request) => {
                let waits = |item: &Item| item.awaits_start && item.phase.step() == Some(step);
                promise!(!session.items().any(waits), "{} was to wait", request.file_name);
                let name = &request.file_name;
                promise!(clean(name, OFFENDERS) == *name, "{name:?} is sent as it is");
            }
            Call::Delete { file_id } => {
                promise!(!self.restored.contains(file_id), "{file_id} was to stay");
                let age = self.soon.get(file_id).map(|soon| now.age_of(*soon));
                promise!(age.is_none_or(|age| age >= UNDO_MS), "{file_id} went after {age:?} ms");
                let own = |item: &&Item| item.file_id.as_ref() == Some(file_id);
                let restorable = session.items().find(own).is_some_and(Item::may_restore);
                promise!(!restorable, "{file_id} is deleted and may be restored");
            }
            _ => {}
        }
        Ok(())
    }

    /// What may become of a row beside its phase.
    pub(super) fn check_change(
        &self,
        session: &Session,
        old: &Item,
        item: &Item,
    ) -> Result<(), Broken> {
        let id = item.id;
        let picked = |item: &Item| item.original_name.clone().unwrap_or(item.name.clone());
        promise!(picked(old) == picked(item), "{id:?} was never picked as {:?}", picked(item));
        if old.name != item.name {
            let asked = matches!(&self.event, Some(Event::Rename(own, ..)) if *own == id);
            promise!(asked || self.renames, "{id:?} was renamed and nobody asked for it");
            // A retry gives up the record that stood in the way of it.
            let retried = self.event == Some(Event::Retry(id));
            promise!(old.may_rename() || retried, "{id:?} was renamed as {:?}", old.phase.name());
        }
        if old.awaits_start != item.awaits_start {
            let started = match &self.event {
                Some(Event::Resume(own) | Event::Cancel(own)) => *own == id,
                Some(Event::Many(_)) => true,
                event => *event == Some(Event::ManualStart(false)),
            };
            promise!(old.awaits_start && started, "{id:?} waits no longer by {:?}", self.event);
        }
        promise!(
            !old.awaits_start
                || !item.awaits_start
                || matches!(item.phase, Phase::Queued | Phase::Invalid(_)),
            "{id:?} is {:?} and waits to be started",
            item.phase.name()
        );
        if old.may_restore()
            && self.event == Some(Event::Restore(id))
            && let Phase::Deleting(deleting) = &old.phase
        {
            let (back, now) = (deleting.back.name(), item.phase.name());
            promise!(back == now, "{id:?} was restored from {back:?} to {now:?}");
        }
        let refused = |item: &Item| match &item.phase {
            Phase::Invalid(refusals) => refusals.contains(&Refusal::Duplicate),
            _ => false,
        };
        if refused(item) && !refused(old) {
            self.check_duplicate(session, item)?;
        }
        Ok(())
    }

    /// A row that is new.
    pub(super) fn check_new(&self, session: &Session, item: &Item) -> Result<(), Broken> {
        let is_picked = matches!(self.event, Some(Event::Picked(..)));
        let id = item.id;
        promise!(
            item.awaits_start == (is_picked && self.manual),
            "{id:?} waits: {}",
            item.awaits_start
        );
        let refusals = match &item.phase {
            Phase::Invalid(refusals) => refusals.as_slice(),
            _ => &[],
        };
        if refusals.contains(&Refusal::Duplicate) {
            self.check_duplicate(session, item)?;
        } else if is_picked && !refusals.contains(&Refusal::Folder) {
            let taken = session.items().any(|other| {
                other.id < id
                    && other.resource == item.resource
                    && other.name.eq_ignore_ascii_case(&item.name)
                    && !matches!(
                        other.phase,
                        Phase::Invalid(_)
                            | Phase::Canceled
                            | Phase::Error(_)
                            | Phase::Rejected
                            | Phase::Deleted
                    )
            });
            let is_told = item.warnings.contains(&Warning::Duplicate) && !self.renames;
            promise!(taken == is_told, "{:?} is taken: {taken}, but told: {is_told}", item.name);
        }
        Ok(())
    }

    fn check_duplicate(&self, session: &Session, item: &Item) -> Result<(), Broken> {
        let same = |other: &Item| {
            other.id != item.id
                && other.resource == item.resource
                && other.name.eq_ignore_ascii_case(&item.name)
                && other.size == item.size
        };
        promise!(session.items().any(same), "{:?} has no double", item.id);
        Ok(())
    }

    pub(super) fn check_run(&self, session: &Session) -> Result<(), Broken> {
        let tally = session.tally();
        let run = tally.run;
        promise!(run.sent_bytes <= run.total_bytes && run.done <= run.files, "{run:?}");
        promise!(run.files == run.done + tally.running + tally.paused, "{tally:?}");
        let waits = |item: &&Item| item.awaits_start && matches!(item.phase, Phase::Queued);
        promise!(session.items().filter(waits).count() == tally.waiting, "{tally:?}");
        Ok(())
    }
}
