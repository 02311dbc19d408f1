//! The end of a history: faults stop, the network is back, the user retries what can be retried.
//! Then everything must be at rest, and every row must say what Connect holds.

use std::collections::BTreeSet;

use connect_attached_files_core::duplicates::Held;
use connect_attached_files_core::error::{Code, Stage};
use connect_attached_files_core::event::Event;
use connect_attached_files_core::item::Item;
use connect_attached_files_core::leftover::is_interrupted;
use connect_attached_files_core::limits::{Limits, LimitsSource};
use connect_attached_files_core::phase::{Patience, Phase};
use connect_attached_files_core::pick::SourceId;
use connect_attached_files_core::resource::ResourceKind;
use connect_attached_files_core::validate::{Refusal, validate};
use connect_attached_files_core::wire::FileStatus;

use super::connect::{ALLOWED, Record, limit};
use super::plan::Replay;
use super::user::resource;
use super::world::{Broken, World};

/// Far more steps than any history needs to come to rest.
const MOST_STEPS: usize = 30_000;

impl World<'_> {
    pub(crate) fn finish(&mut self) -> Result<(), Broken> {
        self.user.left = 0;
        self.wake_up();
        self.faults_on = false;
        self.link_up = true;
        self.note(|_| "-- faults stop, but for the stubborn one".to_owned());
        self.handle(Event::Online(true))?;
        self.handle(Event::Visible(true))?;
        self.settle()?;
        self.note(|_| "-- everything is healed".to_owned());
        self.user.healed = true;
        self.handle(Event::Resource(Some(resource(0))))?;
        for _ in 0..4 {
            self.settle()?;
            let wanted: Vec<Event> = self.session.items().filter_map(wants).collect();
            for event in wanted {
                self.handle(event)?;
            }
        }
        self.settle()?;
        self.handle(Event::Refresh)?;
        self.settle()?;
        self.note(|_| "-- at rest".to_owned());
        self.check_files()?;
        self.check_nobody_attached()?;
        self.check_unknown()?;
        self.check_list()?;
        self.check_leftovers()
    }

    fn settle(&mut self) -> Result<(), Broken> {
        let last = self.steps + MOST_STEPS;
        while self.advance()? {
            if self.steps > last {
                return Err("it never comes to rest".to_owned());
            }
        }
        if let Some(ms) = self.session.next_wake(self.now()) {
            return Err(format!("at rest, but wants to be woken in {ms} ms"));
        }
        let under_way = self.session.requests_under_way();
        if under_way > 0 || !self.open.is_empty() {
            return Err(format!("at rest with {under_way} requests under way: {:?}", self.open));
        }
        if let Some((id, hands)) = self.ledger.open_hands() {
            return Err(format!("at rest, but {hands} of {id:?} were never handed over"));
        }
        for item in self.session.items().filter(|item| !item.is_paused && !item.awaits_start) {
            if item.phase.is_busy() {
                return Err(format!("at rest, but {:?} is {:?}", item.id, item.phase.name()));
            }
        }
        Ok(())
    }

    fn record(&self, item: &Item) -> Option<&Record> {
        self.connect.records.get(item.file_id.as_ref()?)
    }

    fn check_files(&self) -> Result<(), Broken> {
        for item in self.session.items() {
            let record = self.record(item);
            let status = record.map(|record| record.status(self.t, &self.plan));
            let truthful = match &item.phase {
                // Nothing more can be done with the file itself.
                Phase::Approved => status == Some(FileStatus::Approved) && item.source.is_none(),
                Phase::Rejected => status == Some(FileStatus::Rejected) && item.source.is_none(),
                Phase::Failed => status == Some(FileStatus::Failed),
                Phase::Scanning(scanning) => {
                    let open = !matches!(
                        status,
                        Some(FileStatus::Approved | FileStatus::Rejected | FileStatus::Failed)
                    );
                    open && scanning.patience == Patience::AskedNoMore
                }
                Phase::Canceled => item.file_id.is_none(),
                Phase::Invalid(refusals) => self.is_refused(item, refusals),
                // Only a file that nobody completed waits to be chosen again.
                Phase::Error(failure) if is_interrupted(failure.code) => {
                    record.is_none_or(|record| record.completed_at.is_none())
                }
                Phase::Error(failure) if failure.retryable => match failure.code {
                    Code::TotalCountExceeded => self.plan.quota < 100,
                    Code::Conflict => self.plan.names_conflict,
                    Code::NotFound | Code::UploadExpired => record.is_none(),
                    _ => false,
                },
                Phase::Error(_) => true,
                _ => false,
            };
            if !truthful {
                return Err(format!("{item:?} is not what Connect holds: {record:?} {status:?}"));
            }
        }
        Ok(())
    }

    /// What a row calls canceled or refused must not be attached by us all the same.
    fn check_nobody_attached(&self) -> Result<(), Broken> {
        for item in self.session.items().filter(|item| item.is_local) {
            let attached = |record: &&Record| {
                let source = item.source.map(|source| source.0.to_string());
                let same = record.arn == item.resource.arn && record.source == source;
                let failed = record.status(self.t, &self.plan) == FileStatus::Failed;
                record.ours && record.completed_at.is_some() && same && !failed
            };
            // What an earlier page picked cannot be told apart by its name.
            if item.source.is_some()
                && matches!(item.phase, Phase::Canceled | Phase::Invalid(_))
                && let Some(record) = self.connect.records.values().find(attached)
            {
                return Err(format!("{item:?}, but Connect has {record:?}"));
            }
        }
        Ok(())
    }

    /// Records that were started here, belong to no row and that nobody tried to be rid of. Where a
    /// token means nothing to Connect there is no way to learn of them, and a page that went away has
    /// kept no tokens.
    fn check_unknown(&self) -> Result<(), Broken> {
        if self.plan.replay == Replay::NewFile || self.user.reloaded {
            return Ok(());
        }
        let shown: BTreeSet<&String> =
            self.session.items().filter_map(|item| item.file_id.as_ref()).collect();
        for (id, record) in &self.connect.records {
            let is_known = shown.contains(id) || self.ledger.deletes.contains_key(id);
            let given_up = self.ledger.gave_up_on_start_of(record.source.as_ref());
            if record.ours && record.completed_at.is_none() && !is_known && !given_up {
                return Err(format!("{id} was started and is known to nobody: {record:?}"));
            }
        }
        Ok(())
    }

    /// Whether a refused file breaks the rules of its own resource.
    fn is_refused(&self, item: &Item, refusals: &[Refusal]) -> bool {
        for refusal in refusals {
            match refusal {
                Refusal::TooMany { .. } => return self.plan.host_max_files.is_some(),
                Refusal::TotalSize { .. } => return self.plan.host_max_bytes.is_some(),
                // That there was one was seen when it was refused.
                Refusal::Duplicate => return true,
                _ => {}
            }
        }
        let own = Limits {
            max_bytes: limit(&item.resource, &self.plan),
            extensions: ALLOWED.map(str::to_owned).into(),
            ..Limits::default()
        };
        // What was refused by other limits meanwhile was judged anew when these came.
        let unread = self.session.limits().source == LimitsSource::Defaults
            || self.session.resource() != Some(&item.resource);
        let held = Held::default();
        !validate(item, &own, held).is_empty()
            || unread && !validate(item, &Limits::default(), held).is_empty()
    }

    fn check_list(&self) -> Result<(), Broken> {
        let current = self.session.resource().ok_or("the resource is gone")?;
        if !matches!(current.kind(), ResourceKind::Case { .. }) {
            return Ok(());
        }
        let listed: BTreeSet<String> =
            self.connect.listed(&current.arn, &self.plan).into_iter().collect();
        let shown: BTreeSet<String> = self
            .session
            .items()
            .filter(|item| item.resource == *current)
            .filter_map(|item| item.file_id.clone())
            .collect();
        if let Some(missing) = listed.difference(&shown).next() {
            return Err(format!("{missing} is on the case, but no row shows it"));
        }
        for item in self.session.items().filter(|i| !i.is_local && i.resource == *current) {
            if self.record(item).is_none() && !matches!(item.phase, Phase::Error(_)) {
                return Err(format!("{:?} is shown, but no longer on the case", item.name));
            }
        }
        Ok(())
    }

    fn check_leftovers(&self) -> Result<(), Broken> {
        let shown: BTreeSet<&String> =
            self.session.items().filter_map(|item| item.file_id.as_ref()).collect();
        for id in &self.ledger.doomed {
            let (times, for_good) = self.ledger.deletes.get(id).copied().unwrap_or_default();
            let given_up = for_good || times >= 7;
            if self.connect.records.contains_key(id) && !shown.contains(id) && !given_up {
                return Err(format!("{id} was abandoned, but is still at Connect"));
            }
        }
        let kept: BTreeSet<SourceId> =
            self.session.items().filter_map(|item| item.source).collect();
        if kept != self.user.held {
            return Err(format!("files kept: {:?}, needed: {kept:?}", self.user.held));
        }
        self.check_doubles()
    }

    /// No file may be on its resource twice by our doing, but for records the engine never heard of.
    fn check_doubles(&self) -> Result<(), Broken> {
        let mut completed = BTreeSet::new();
        for (id, record) in &self.connect.records {
            let counts = record.ours
                && record.completed_at.is_some()
                && !self.ledger.deletes.contains_key(id);
            if counts && !completed.insert((&record.arn, &record.source)) {
                return Err(format!("{} is on {} twice", record.name, record.arn));
            }
        }
        Ok(())
    }
}

/// What a user would press on a row.
fn wants(item: &Item) -> Option<Event> {
    let delete_failed = item.notice.as_ref().is_some_and(|notice| notice.stage == Stage::Delete);
    match &item.phase {
        _ if item.is_paused || item.awaits_start => Some(Event::Resume(item.id)),
        Phase::Error(failure) if failure.retryable => Some(Event::Retry(item.id)),
        _ if delete_failed => Some(Event::Delete(item.id)),
        Phase::Scanning(scanning) if scanning.patience != Patience::Usual => {
            Some(Event::Retry(item.id))
        }
        _ => None,
    }
}
