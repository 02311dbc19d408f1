//! What must hold after every step, whatever happened.

use std::collections::{BTreeMap, BTreeSet};

use connect_attached_files_core::call::{Answer, Call, CallError};
use connect_attached_files_core::clock::Now;
use connect_attached_files_core::download::FetchEnd;
use connect_attached_files_core::duplicates::Duplicates;
use connect_attached_files_core::error::Code;
use connect_attached_files_core::event::{Effect, Event, HostEvent};
use connect_attached_files_core::item::{Item, ItemId};
use connect_attached_files_core::phase::{PhaseName, Step, Ticket};
use connect_attached_files_core::put::PutEnd;
use connect_attached_files_core::session::Session;
use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::wire::{FileStatus, StartRequest};

use super::connect::Connect;
use super::label::source_of;
use super::plan::Plan;
use super::world::{Broken, Open};

pub(super) struct Token {
    pub(super) request: StartRequest,
    pub(super) answered: bool,
    pub(super) under_way: Option<Ticket>,
    pub(super) sent: u32,
    /// Whether it was refused for good at some time.
    pub(super) refused: bool,
}

#[derive(Default)]
pub(crate) struct Ledger {
    pub(super) concurrency: usize,
    /// The rows as they stood before the event at hand.
    pub(super) before: BTreeMap<ItemId, Item>,
    pub(super) looks: BTreeMap<ItemId, u64>,
    pub(super) around: BTreeMap<ItemId, (bool, &'static str)>,
    pub(super) event: Option<Event>,
    pub(super) tokens: BTreeMap<String, Token>,
    pub(super) stored: BTreeSet<String>,
    pub(super) told: BTreeMap<String, FileStatus>,
    pub(super) learnt: Option<String>,
    pub(super) polled: BTreeMap<String, Now>,
    pub(super) told_progress: BTreeMap<ItemId, u64>,
    pub(super) attempts: BTreeMap<ItemId, u64>,
    pub(super) fruitless: usize,
    pub(super) hidden: bool,
    /// Hand-overs asked for and not ended.
    pub(super) hands: BTreeMap<ItemId, usize>,
    /// Whether new files wait to be started.
    pub(super) manual: bool,
    /// Whether files whose name is taken get another one.
    pub(super) renames: bool,
    /// Files whose delete was asked for with a pause, and when.
    pub(super) soon: BTreeMap<String, Now>,
    /// Files whose delete was called off.
    pub(super) restored: BTreeSet<String>,
    /// Records that the engine meant to be rid of.
    pub(crate) doomed: BTreeSet<String>,
    /// Deletes sent for a record, and whether one was refused for good.
    pub(crate) deletes: BTreeMap<String, (u32, bool)>,
}

impl Ledger {
    pub(crate) fn new(plan: &Plan) -> Self {
        Self {
            concurrency: plan.concurrency,
            manual: plan.manual_start,
            renames: plan.duplicates == Duplicates::Rename,
            ..Self::default()
        }
    }

    /// What outlives the page: what the services said and did. What the old page meant to be rid of,
    /// the new one knows nothing of.
    pub(crate) fn take_over(&mut self, old: Self) {
        self.stored = old.stored;
        self.told = old.told;
        self.deletes = old.deletes;
        self.deletes.extend(old.doomed.into_iter().map(|id| (id, (7, true))));
        self.hidden = old.hidden;
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
    pub(crate) fn learn(&mut self, open: &Open, event: &Event) -> Result<(), Broken> {
        match (open, event) {
            (Open::Fetch { hand: Some(id) }, Event::Fetched { end: FetchEnd::Saved, .. }) => {
                self.hand_ended(*id)?;
            }
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
        Ok(())
    }

    fn learn_of_call(&mut self, call: &Call, result: &Result<Answer, CallError>) {
        if let Call::Start(request) = call
            && let Some(token) = self.tokens.get_mut(&request.client_token)
        {
            token.under_way = None;
            token.answered |= result.is_ok();
            token.refused |= matches!(result, Err(CallError::Refused(error))
                if !matches!(error.code, Code::ServiceError | Code::Throttled));
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
            // Asked once more at once.
            (Call::Batch(_), Err(CallError::Refused(error)))
                if error.code == Code::Unauthenticated =>
            {
                self.polled.clear();
            }
            _ => {}
        }
    }

    /// Whether nothing more could be done to learn what the start of a file had made.
    pub(crate) fn gave_up_on_start_of(&self, source: Option<&String>) -> bool {
        let mut tokens =
            self.tokens.values().filter(|token| source_of(&token.request).as_ref() == source);
        tokens.any(|token| token.refused || token.sent >= 14)
    }

    /// Hand-overs that have not ended.
    pub(crate) fn open_hands(&self) -> Option<(ItemId, usize)> {
        self.hands.iter().map(|(id, hands)| (*id, *hands)).find(|(_, hands)| *hands > 0)
    }

    fn delete_failed(&mut self, file_id: &str, error: &CallError) {
        let passing = match error {
            CallError::Refused(refused) => {
                matches!(refused.code, Code::NotFound | Code::Throttled | Code::ServiceError)
            }
            CallError::NoAnswer | CallError::Unreadable { .. } => true,
        };
        self.deletes.entry(file_id.to_owned()).or_default().1 |= !passing;
    }

    /// The wall clock was set: pauses between polls cannot be told by it any more.
    pub(crate) fn clock_was_set(&mut self) {
        self.polled.clear();
    }

    /// Takes note of an event that the engine is about to hear.
    pub(crate) fn before(&mut self, event: &Event) {
        self.wish(event);
        let own = matches!(
            event,
            Event::Answered { .. }
                | Event::ChecksumMade { .. }
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
        self.delete_begins(session, now);
        for effect in effects {
            self.check_wish(session, effect)?;
            match effect {
                Effect::NotHanded(id) => self.hand_ended(*id)?,
                Effect::Call { ticket, resource, call } => {
                    promise!(session.is_online(), "a call while offline: {call:?}");
                    let poll = self.is_poll(session, *ticket, call);
                    self.check_call(session, *ticket, &resource.arn, call, connect)?;
                    self.check_call_of_wish(session, call, Step::Running(*ticket), now)?;
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
        self.check_rows(session, effects)?;
        self.check_run(session)?;
        self.check_vanished(session, connect)?;
        if let Some(id) = self.learnt.take()
            && !session.items().any(|item| item.file_id.as_ref() == Some(&id))
        {
            self.doomed.insert(id);
        }
        self.check_fruit(session, effects)?;
        self.remember(session, changed)
    }
}
