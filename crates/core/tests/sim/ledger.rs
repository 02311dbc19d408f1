//! What must hold after every step, whatever happened.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use connect_attached_files_core::call::{Answer, Call, CallError};
use connect_attached_files_core::clock::Now;
use connect_attached_files_core::error::{Code, Stage};
use connect_attached_files_core::event::{Effect, Event, HostEvent};
use connect_attached_files_core::item::{Download, Item, ItemId};
use connect_attached_files_core::limits::LimitsSource;
use connect_attached_files_core::phase::{Phase, PhaseName, Step, Ticket};
use connect_attached_files_core::put::PutEnd;
use connect_attached_files_core::session::Session;
use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::wire::{FileStatus, StartRequest};

use super::connect::Connect;
use super::world::{Broken, Open};

struct Token {
    request: StartRequest,
    answered: bool,
    under_way: Option<Ticket>,
}

#[derive(Default)]
pub(crate) struct Ledger {
    concurrency: usize,
    /// The rows as they stood before the event at hand.
    before: BTreeMap<ItemId, Item>,
    looks: BTreeMap<ItemId, u64>,
    event: Option<Event>,
    tokens: BTreeMap<String, Token>,
    stored: BTreeSet<String>,
    told: BTreeMap<String, FileStatus>,
    learnt: Option<String>,
    polled: BTreeMap<String, Now>,
    told_progress: BTreeMap<ItemId, u64>,
    attempts: BTreeMap<ItemId, u64>,
    fruitless: usize,
    hidden: bool,
    /// Records that the engine meant to be rid of.
    pub(crate) doomed: BTreeSet<String>,
    /// Deletes sent for a record, and whether one was refused for good.
    pub(crate) deletes: BTreeMap<String, (u32, bool)>,
    /// Whether the limits of a resource could not be read at some time.
    pub(crate) limits_failed: BTreeSet<String>,
}

macro_rules! promise {
    ($holds:expr, $($text:tt)*) => {
        if !$holds {
            return Err(format!($($text)*));
        }
    };
}

impl Ledger {
    pub(crate) fn new(concurrency: usize) -> Self {
        Self { concurrency, ..Self::default() }
    }

    /// Whether a batch asks for verdicts, as opposed to details of the list.
    pub(crate) fn is_poll(&self, session: &Session, ticket: Ticket, call: &Call) -> bool {
        let listing = matches!(
            session.shelf().listing,
            Listing::Detailing { step: Step::Running(own), .. } if own == ticket
        );
        matches!(call, Call::Batch(_)) && !listing
    }

    /// Takes note of what an answer tells, before the engine hears it.
    pub(crate) fn learn(&mut self, open: &Open, event: &Event) {
        match (open, event) {
            (
                Open::Put { file_id },
                Event::PutEnded { end: PutEnd::Answered { status, .. }, .. },
            ) if (200..300).contains(status) => {
                self.stored.insert(file_id.clone());
            }
            (Open::Call { call, .. }, Event::Answered { result, .. }) => {
                self.learn_of_call(call, result);
            }
            _ => {}
        }
    }

    fn learn_of_call(&mut self, call: &Call, result: &Result<Answer, CallError>) {
        if let Call::Start(request) = call
            && let Some(token) = self.tokens.get_mut(&request.client_token)
        {
            token.under_way = None;
            token.answered |= result.is_ok();
        }
        match (call, result) {
            (_, Ok(Answer::Start(answer))) => self.learnt.clone_from(&answer.file_id),
            (_, Ok(Answer::Batch(answer))) => {
                for file in &answer.files {
                    self.told.extend(file.file_id.clone().zip(file.file_status.clone()));
                }
            }
            (_, Ok(Answer::Get(file))) => {
                self.told.extend(file.file_id.clone().zip(file.file_status.clone()));
            }
            (Call::Delete { file_id }, Err(error)) => self.delete_failed(file_id, error),
            _ => {}
        }
    }

    fn delete_failed(&mut self, file_id: &str, error: &CallError) {
        let passing = match error {
            CallError::Refused(refused) => {
                matches!(refused.code, Code::NotFound | Code::Throttled | Code::ServiceError)
            }
            CallError::NoAnswer => true,
            CallError::Unreadable { .. } => false,
        };
        self.deletes.entry(file_id.to_owned()).or_default().1 |= !passing;
    }

    /// The wall clock was set: pauses between polls cannot be told by it any more.
    pub(crate) fn clock_was_set(&mut self) {
        self.polled.clear();
    }

    /// Takes note of an event that the engine is about to hear.
    pub(crate) fn before(&mut self, event: &Event) {
        let own = matches!(
            event,
            Event::Answered { .. }
                | Event::PutProgress { .. }
                | Event::PutEnded { .. }
                | Event::Fetched { .. }
                | Event::Tick
        );
        if !own {
            self.attempts.clear();
        }
        if matches!(event, Event::Refresh | Event::Retry(_)) {
            self.polled.clear();
        }
        if let Event::Visible(visible) = event {
            self.hidden = !visible;
        }
        if let Event::Concurrency(most) = event {
            self.concurrency = (*most).max(1);
        }
        self.event = Some(event.clone());
    }

    /// The rows that stand elsewhere than before, for the trace.
    pub(crate) fn moved(&self, session: &Session) -> Vec<String> {
        let name = |item: &Item| item.phase.name();
        let moved = |item: &&Item| self.before.get(&item.id).map(name) != Some(name(item));
        let now = session.items().filter(moved);
        let now = now.map(|item| format!("#{} {} {:?}", item.id.0, item.name, name(item)));
        let gone = self.before.keys().filter(|id| session.item(**id).is_none());
        now.chain(gone.map(|id| format!("#{} gone", id.0))).collect()
    }

    /// Checks a step: what the engine did, and where everything stands now.
    pub(crate) fn follow(
        &mut self,
        session: &Session,
        effects: &[Effect],
        connect: &Connect,
        open: &BTreeMap<Ticket, Open>,
        changed: &[ItemId],
        now: Now,
    ) -> Result<(), Broken> {
        let mut changes: BTreeMap<ItemId, Vec<PhaseName>> = BTreeMap::new();
        let mut asked: BTreeSet<String> = BTreeSet::new();
        for effect in effects {
            match effect {
                Effect::Call { ticket, resource, call } => {
                    promise!(session.is_online(), "a call while offline: {call:?}");
                    let poll = self.is_poll(session, *ticket, call);
                    self.check_call(session, *ticket, &resource.arn, call, connect)?;
                    if let (true, Call::Batch(request)) = (poll, call) {
                        self.check_poll(&request.file_ids, open, &mut asked, now)?;
                    }
                }
                Effect::Put { ticket, url, size, .. } => {
                    promise!(session.is_online(), "a PUT while offline");
                    let url = connect.urls.get(url.expose());
                    let url = url.ok_or_else(|| "a PUT to a URL nobody gave".to_owned())?;
                    promise!(
                        now.age_of(url.asked) <= url.lifetime_ms,
                        "a PUT on a URL {} ms old that lives {} ms",
                        now.age_of(url.asked),
                        url.lifetime_ms
                    );
                    self.check_slots(session)?;
                    self.check_attempts(session, *ticket, *size, &url.file_id)?;
                }
                Effect::Abort(ticket) => self.aborted(*ticket),
                Effect::Tell { event: HostEvent::StatusChange(from), item } => {
                    changes.entry(*item).or_default().push(*from);
                }
                Effect::Tell { event: HostEvent::UploadProgress, item } => {
                    let last = self.told_progress.insert(*item, now.mono_ms);
                    promise!(
                        last.is_none_or(|last| now.mono_ms >= last + 250),
                        "progress of {item:?} told more than four times a second"
                    );
                }
                Effect::Idle => promise!(
                    !session.items().any(|item| item.phase.is_busy()),
                    "told idle while busy"
                ),
                _ => {}
            }
        }
        for (id, mut names) in changes {
            let first = self.before.get(&id).map(|item| item.phase.name());
            promise!(
                first.is_none_or(|first| Some(&first) == names.first()),
                "{id:?} left {names:?}, but stood at {first:?}"
            );
            names.extend(session.item(id).map(|item| item.phase.name()));
            for pair in names.windows(2) {
                promise!(
                    pair[0] == pair[1] || pair[0].may_become(pair[1]),
                    "{id:?} went from {:?} to {:?}",
                    pair[0],
                    pair[1]
                );
            }
        }
        if session.limits().source == LimitsSource::Defaults {
            self.limits_failed.extend(session.resource().map(|resource| resource.arn.clone()));
        }
        self.check_rows(session, effects)?;
        self.check_vanished(session, connect)?;
        if let Some(id) = self.learnt.take()
            && !session.items().any(|item| item.file_id.as_ref() == Some(&id))
        {
            self.doomed.insert(id);
        }
        self.check_fruit(session, effects)?;
        self.remember(session, changed)
    }

    /// Whether no row has changed since the last event.
    pub(crate) fn is_as_before(&self, session: &Session) -> bool {
        session.items().eq(self.before.values())
    }

    /// Keeps the rows as they stand, and sees to it that every change was made known to who draws them.
    fn remember(&mut self, session: &Session, changed: &[ItemId]) -> Result<(), Broken> {
        for item in session.items() {
            let looks = looks(session, item);
            promise!(
                self.looks.insert(item.id, looks) == Some(looks) || changed.contains(&item.id),
                "{:?} looks another way, but nobody was told to draw it",
                item.id
            );
            if self.before.get(&item.id) != Some(item) {
                self.before.insert(item.id, item.clone());
            }
        }
        let gone = |id: &ItemId| session.item(*id).is_none();
        let told = self.before.keys().filter(|id| gone(id)).all(|id| changed.contains(id));
        promise!(told, "a row went and nobody was told");
        self.before.retain(|id, _| !gone(id));
        Ok(())
    }

    fn check_call(
        &mut self,
        session: &Session,
        ticket: Ticket,
        arn: &str,
        call: &Call,
        connect: &Connect,
    ) -> Result<(), Broken> {
        match call {
            Call::Start(request) => {
                self.check_slots(session)?;
                let name = &request.file_name;
                let new = Token { request: request.clone(), answered: false, under_way: None };
                let token = self.tokens.entry(request.client_token.clone()).or_insert(new);
                promise!(token.request == *request, "a token of another start for {name}");
                promise!(!token.answered, "a token used again though answered: {name}");
                promise!(token.under_way.is_none(), "a token used twice at once: {name}");
                token.under_way = Some(ticket);
            }
            Call::Delete { file_id } => self.deletes.entry(file_id.clone()).or_default().0 += 1,
            Call::Complete { file_id } => {
                promise!(self.stored.contains(file_id), "complete of {file_id} before a 2xx PUT");
            }
            Call::Batch(request) => {
                let unique: BTreeSet<&String> = request.file_ids.iter().collect();
                promise!(
                    unique.len() == request.file_ids.len() && (1..=100).contains(&unique.len()),
                    "a batch of {} ids, {} of them different",
                    request.file_ids.len(),
                    unique.len()
                );
            }
            _ => {}
        }
        if let Call::Complete { file_id } | Call::Get { file_id } | Call::Delete { file_id } = call
            && let Some(record) = connect.records.get(file_id)
        {
            promise!(record.arn == arn, "{file_id} asked of {arn}, but it is on {}", record.arn);
        }
        Ok(())
    }

    fn check_slots(&self, session: &Session) -> Result<(), Broken> {
        let transfers = session.items().filter(|item| {
            matches!(item.phase, Phase::Starting(_) | Phase::Uploading(_))
                && item.phase.step().is_some_and(|step| step.ticket().is_some())
        });
        let transfers = transfers.count();
        promise!(
            transfers == session.slots_taken(),
            "{transfers} transfers, but {} slots taken",
            session.slots_taken()
        );
        promise!(
            session.slots_taken() <= self.concurrency,
            "{} transfers, {} allowed",
            session.slots_taken(),
            self.concurrency
        );
        Ok(())
    }

    fn check_poll(
        &mut self,
        ids: &[String],
        open: &BTreeMap<Ticket, Open>,
        asked: &mut BTreeSet<String>,
        now: Now,
    ) -> Result<(), Broken> {
        promise!(!self.hidden, "a poll while hidden");
        for other in open.values() {
            if let Open::Call { call: Call::Batch(request), is_poll: true, .. } = other {
                asked.extend(request.file_ids.iter().cloned());
            }
        }
        for id in ids {
            promise!(asked.insert(id.clone()), "{id} is asked for twice at the same time");
            let last = self.polled.insert(id.clone(), now);
            promise!(
                last.is_none_or(|last| now.age_of(last) >= 900),
                "{id} is asked for again after {} ms",
                last.map_or(0, |last| now.age_of(last))
            );
        }
        Ok(())
    }

    fn check_attempts(
        &mut self,
        session: &Session,
        ticket: Ticket,
        size: u64,
        file_id: &str,
    ) -> Result<(), Broken> {
        let item = session.items().find(|item| match &item.phase {
            Phase::Uploading(uploading) => uploading.step == Step::Running(ticket),
            _ => false,
        });
        let item = item.ok_or_else(|| "a PUT that no row knows of".to_owned())?;
        promise!(item.file_id.as_deref() == Some(file_id), "a PUT for another record");
        promise!(item.source.is_some() && item.size == size, "a PUT without its file");
        promise!(!item.is_paused, "a PUT of a paused row");
        let attempts = self.attempts.entry(item.id).or_default();
        *attempts += 1;
        promise!(*attempts <= 30 + 7 * (size >> 18), "{attempts} PUTs and nobody was asked");
        Ok(())
    }

    fn aborted(&mut self, ticket: Ticket) {
        for token in self.tokens.values_mut() {
            if token.under_way == Some(ticket) {
                token.under_way = None;
            }
        }
    }

    fn check_rows(&mut self, session: &Session, effects: &[Effect]) -> Result<(), Broken> {
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
            let Some(old) = old else { continue };
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

    fn check_vanished(&mut self, session: &Session, connect: &Connect) -> Result<(), Broken> {
        for (id, old) in &self.before {
            if session.item(*id).is_some() {
                continue;
            }
            let by_hand = self.event == Some(Event::Remove(*id));
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
                Phase::Deleting(_) => answered,
                Phase::Scanning(_) => !old.is_local || answered,
                _ => false,
            };
            promise!(fine, "{id:?} {:?} was lost by {:?}", old.phase.name(), self.event);
            let doomed = match &old.phase {
                Phase::Error(failure) => by_hand && failure.stage != Stage::Watch,
                Phase::Deleting(_) => true,
                _ => false,
            };
            if doomed {
                self.doomed.extend(old.file_id.clone());
            }
        }
        Ok(())
    }

    fn check_fruit(&mut self, session: &Session, effects: &[Effect]) -> Result<(), Broken> {
        let idle_tick =
            self.event == Some(Event::Tick) && effects.is_empty() && self.is_as_before(session);
        self.fruitless = if idle_tick { self.fruitless + 1 } else { 0 };
        promise!(self.fruitless < 60, "woken {} times in a row for nothing", self.fruitless);
        Ok(())
    }
}

/// A number for what is drawn of a row, but for its progress.
fn looks(session: &Session, item: &Item) -> u64 {
    let mut hasher = DefaultHasher::new();
    let flags = (
        session.resource() == Some(&item.resource),
        item.source.is_some(),
        session.hold(item).as_str(),
        item.download != Download::Idle,
    );
    let notice = item.notice.as_ref().map(|notice| (notice.stage.as_str(), notice.code.as_str()));
    let phase = match &item.phase {
        Phase::Scanning(scanning) => format!("{:?} {:?}", scanning.patience, scanning.raw),
        Phase::Uploading(uploading) => uploading.stalled.to_string(),
        Phase::Error(failure) => failure.code.as_str().to_owned(),
        _ => String::new(),
    };
    let texts = (&item.name, &item.file_id, &item.created_at, &item.created_by);
    (flags, notice, item.phase.name(), phase, texts, item.size).hash(&mut hasher);
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
