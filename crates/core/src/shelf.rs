//! What the resource holds already: its limits and its list of files.
//!
//! There is no operation that lists files. A case's files are found through its related items, then
//! looked up in batches; an email contact has no such search, so only what is picked here is shown.

use std::sync::Arc;

use crate::call::{Answer, Call, CallError};
use crate::clock::Now;
use crate::error::{Failure, Stage};
use crate::event::Effect;
use crate::item::{Download, Item, ItemId};
use crate::phase::{Patience, Phase, Scanning, Step};
use crate::resource::{Resource, ResourceKind};
use crate::retry::{BACKGROUND, Tries};
use crate::session::{Purpose, Session};
use crate::wire::{BATCH_MAX, BatchAnswer, BatchRequest, FileMetadata, FileStatus, SearchRequest};

/// So many pages in a row without a new file end the search.
const MAX_BARREN_PAGES: u8 = 20;

/// How far the list is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Listing {
    /// Nothing to list: no resource, or one whose files cannot be searched.
    #[default]
    None,
    /// Collects file ids, page by page.
    Searching {
        /// The call.
        step: Step,
        /// Where the next page begins.
        next_token: Option<String>,
        /// Ids found so far.
        found: Vec<String>,
    },
    /// Looks the ids up.
    Detailing {
        /// The call.
        step: Step,
        /// Ids not looked up yet.
        left: Vec<String>,
        /// Every id of the search.
        found: Vec<String>,
    },
    /// The list is there.
    Done,
    /// The list could not be read.
    Failed(Failure),
}

/// Limits and list of the current resource.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shelf {
    /// The list.
    pub listing: Listing,
    /// Why the instance's limits could not be read.
    pub limits_failure: Option<Failure>,
    describe: Option<Step>,
    describe_tries: Tries,
    list_tries: Tries,
    /// Pages in a row that brought no new file.
    barren_pages: u8,
}

impl Shelf {
    /// The steps that may wait for time to pass.
    pub(crate) fn steps(&self) -> [Option<Step>; 2] {
        let listing = match self.listing {
            Listing::Searching { step, .. } | Listing::Detailing { step, .. } => Some(step),
            _ => None,
        };
        [self.describe, listing]
    }

    fn listing_step_mut(&mut self) -> Option<&mut Step> {
        match &mut self.listing {
            Listing::Searching { step, .. } | Listing::Detailing { step, .. } => Some(step),
            _ => None,
        }
    }
}

impl Session {
    /// Turns to a resource: keeps what is on its way elsewhere, asks for limits and list of the new one.
    pub(crate) fn resource_set(&mut self, resource: Option<Resource>) {
        if self.resource.as_deref() == resource.as_ref() {
            return;
        }
        let resource = resource.map(Arc::new);
        let elsewhere =
            self.rows_where(&|item| Some(&item.resource) != resource.as_ref() && !is_needed(item));
        // From the end, for a removal moves every row behind it.
        for id in elsewhere.into_iter().rev() {
            self.drop_row(id);
        }
        self.resource = resource;
        // Which rows are elsewhere is seen anew.
        for id in self.rows_where(&|_| true) {
            self.touch(id);
        }
        self.limits.fall_back();
        self.limits.source = crate::limits::LimitsSource::Awaited;
        self.load();
    }

    /// Takes over how many files the host says the resource may hold.
    pub(crate) fn cap_files(&mut self, max_files: Option<usize>) {
        if self.limits.max_files != max_files {
            self.limits.max_files = max_files;
            self.effects.push(Effect::LimitsChanged);
            self.validate_queue();
        }
    }

    /// Asks anew for limits, list and verdicts.
    pub(crate) fn refresh(&mut self, now: Now) {
        if let Some(resource) = self.resource.clone() {
            self.ask_again(&resource, now);
            self.load();
        }
    }

    fn load(&mut self) {
        let tickets: Vec<_> = self
            .errands
            .iter()
            .filter(|(_, errand)| {
                matches!(errand.purpose, Purpose::Describe | Purpose::Search | Purpose::Details(_))
            })
            .map(|(&ticket, _)| ticket)
            .collect();
        for ticket in tickets {
            self.abort(ticket);
        }
        self.shelf = Shelf::default();
        if let Some(resource) = &self.resource {
            self.shelf.describe = Some(Step::Ready);
            if matches!(resource.kind(), ResourceKind::Case { .. }) {
                self.shelf.listing =
                    Listing::Searching { step: Step::Ready, next_token: None, found: Vec::new() };
            }
        }
        self.effects.push(Effect::LimitsChanged);
    }

    /// Sends what is due of limits and list.
    pub(crate) fn pump_shelf(&mut self, now: Now) {
        let Some(resource) = self.resource.clone() else { return };
        if self.shelf.describe.is_some_and(|step| step.is_due(now))
            && let Some(ticket) = self.call(Purpose::Describe, &resource, Call::Describe, now)
        {
            self.shelf.describe = Some(Step::Running(ticket));
        }
        let (purpose, call) = match &self.shelf.listing {
            Listing::Searching { step, next_token, .. } if step.is_due(now) => {
                (Purpose::Search, Call::Search(SearchRequest { next_token: next_token.clone() }))
            }
            Listing::Detailing { step, left, .. } if step.is_due(now) => {
                let file_ids: Vec<String> = left.iter().take(BATCH_MAX).cloned().collect();
                (Purpose::Details(file_ids.clone()), Call::Batch(BatchRequest { file_ids }))
            }
            _ => return,
        };
        if let Some(ticket) = self.call(purpose, &resource, call, now)
            && let Some(step) = self.shelf.listing_step_mut()
        {
            *step = Step::Running(ticket);
        }
    }

    pub(crate) fn describe_answered(&mut self, result: Result<Answer, CallError>, now: Now) {
        let error = match result {
            Ok(Answer::Describe(answer)) => {
                self.limits.learn(&answer);
                return self.limits_settled();
            }
            Ok(_) => CallError::Unreadable { status: 200 },
            Err(error) => error,
        };
        let tries = &mut self.shelf.describe_tries;
        self.shelf.describe = tries.after(&BACKGROUND, &error, self.online, now, &mut self.dice);
        if self.shelf.describe.is_none() {
            self.shelf.limits_failure = Some(error.failure(Stage::Limits));
            self.limits.fall_back();
            self.limits_settled();
        }
    }

    fn limits_settled(&mut self) {
        self.shelf.describe = None;
        self.effects.push(Effect::LimitsChanged);
        self.validate_queue();
    }

    pub(crate) fn search_answered(&mut self, result: Result<Answer, CallError>, now: Now) {
        let error = match result {
            Ok(Answer::Search(answer)) => {
                let Listing::Searching { found, .. } = &mut self.shelf.listing else { return };
                let mut found = std::mem::take(found);
                let before = found.len();
                for id in answer.file_ids() {
                    if !found.iter().any(|known| known == id) {
                        found.push(id.to_owned());
                    }
                }
                // A page may well hold nothing new, for it is sparse. Tokens that go on bringing
                // nothing would be followed for ever.
                let is_barren = found.len() == before;
                self.shelf.barren_pages = if is_barren { self.shelf.barren_pages + 1 } else { 0 };
                let goes_on = self.shelf.barren_pages < MAX_BARREN_PAGES;
                let next_token = answer.next_token.filter(|_| goes_on);
                self.shelf.list_tries.reset();
                self.shelf.listing = match next_token {
                    Some(token) => {
                        Listing::Searching { step: Step::Ready, next_token: Some(token), found }
                    }
                    None => {
                        let mut left = found.clone();
                        left.extend(self.not_among(&found));
                        Listing::Detailing { step: Step::Ready, left, found }
                    }
                };
                return self.finish_listing();
            }
            Ok(_) => CallError::Unreadable { status: 200 },
            Err(error) => error,
        };
        self.listing_failed(&error, now);
    }

    pub(crate) fn details_answered(
        &mut self,
        asked: Vec<String>,
        result: Result<Answer, CallError>,
        now: Now,
    ) {
        let error = match result {
            Ok(Answer::Batch(answer)) => {
                for file in &answer.files {
                    self.put_on_shelf(file, now);
                }
                self.drop_missing(&answer);
                if let Listing::Detailing { step, left, .. } = &mut self.shelf.listing {
                    left.retain(|id| !asked.contains(id));
                    *step = Step::Ready;
                }
                self.shelf.list_tries.reset();
                return self.finish_listing();
            }
            Ok(_) => CallError::Unreadable { status: 200 },
            Err(error) => error,
        };
        self.listing_failed(&error, now);
    }

    fn listing_failed(&mut self, error: &CallError, now: Now) {
        let tries = &mut self.shelf.list_tries;
        let next = tries.after(&BACKGROUND, error, self.online, now, &mut self.dice);
        match (next, self.shelf.listing_step_mut()) {
            (Some(next), Some(step)) => *step = next,
            _ => {
                self.shelf.listing = Listing::Failed(error.failure(Stage::List));
            }
        }
    }

    /// Ends the listing when nothing is left to look up, and drops rows the case no longer holds.
    fn finish_listing(&mut self) {
        let Listing::Detailing { left, found, .. } = &mut self.shelf.listing else { return };
        if !left.is_empty() {
            return;
        }
        let found = std::mem::take(found);
        let gone = self.rows_where(&|item| {
            Some(&item.resource) == self.resource.as_ref()
                && !item.is_local
                && !item.phase.is_busy()
                && item.file_id.as_ref().is_none_or(|id| !found.contains(id))
        });
        for id in gone {
            self.drop_row(id);
        }
        self.shelf.listing = Listing::Done;
    }

    /// Files sent from here that the search did not bring: new ones may show late, or somebody else
    /// deleted them. The look-up tells.
    fn not_among(&self, found: &[String]) -> Vec<String> {
        self.items()
            .filter(|item| item.is_local && Some(&item.resource) == self.resource.as_ref())
            .filter(|item| may_learn(&item.phase, None))
            .filter_map(|item| item.file_id.clone())
            .filter(|id| !found.contains(id))
            .collect()
    }

    /// Drops the rows of files that neither the search nor the look-up knows any more.
    fn drop_missing(&mut self, answer: &BatchAnswer) {
        let Listing::Detailing { found, .. } = &self.shelf.listing else { return };
        let missing: Vec<ItemId> = answer
            .errors
            .iter()
            .filter(|error| !error.is_passing())
            .filter_map(|error| error.file_id.as_deref())
            .filter(|id| !found.iter().any(|known| known == id))
            .filter_map(|id| self.row_of(self.resource.as_deref()?, id))
            .filter(|id| self.item(*id).is_some_and(|item| may_learn(&item.phase, None)))
            .collect();
        for id in missing {
            self.set_phase(id, Phase::Deleted);
            self.drop_row(id);
        }
    }

    /// Makes or renews the row of a listed file.
    fn put_on_shelf(&mut self, file: &FileMetadata, now: Now) {
        let (Some(resource), Some(file_id)) = (self.resource.clone(), &file.file_id) else {
            return;
        };
        let row = self.row_of(&resource, file_id);
        let status = file.file_status.as_ref();
        match row.and_then(|id| self.items.get(&id)) {
            // What is on its way here knows better than a list, but for a verdict on a row in error.
            Some(item) if item.phase.is_busy() => {}
            Some(item) if item.is_local && !may_learn(&item.phase, status) => {}
            Some(item) => {
                let id = item.id;
                self.status_came(id, status, now);
            }
            None => {
                if matches!(status, Some(FileStatus::Deleted)) || self.is_unwanted(file_id) {
                    return;
                }
                let id = ItemId(self.next_number());
                let by = file.created_by.clone().unwrap_or_default();
                let name = file.file_name.clone().unwrap_or_default();
                let item = Item {
                    size: file.file_size_in_bytes.unwrap_or_default(),
                    file_id: Some(file_id.clone()),
                    created_at: file.creation_time.clone(),
                    created_by: by.connect_user_arn.or(by.aws_identity_arn),
                    ..Item::new(id, &resource, name, listed_phase(status, now))
                };
                let waits = matches!(item.phase, Phase::Scanning(_));
                self.items.insert(id, Box::new(item));
                self.touch(id);
                if waits {
                    self.watch(&resource, now);
                }
            }
        }
    }

    /// Drops the listed row of a record that turned out to be one of ours: the answer to its start
    /// was lost at first, and the list came in between.
    pub(crate) fn drop_listed(&mut self, file_id: &str) {
        let same = |item: &&Item| !item.is_local && item.file_id.as_deref() == Some(file_id);
        let listed = self.items().find(same).map(|item| item.id);
        if let Some(id) = listed {
            self.drop_row(id);
        }
    }

    /// Takes a row off the list and lets go of its file.
    pub(crate) fn drop_row(&mut self, id: ItemId) {
        self.stop_download(id);
        self.release(id);
        self.items.remove(&id);
        self.touch(id);
    }
}

/// The phase of a row the list brings.
fn listed_phase(status: Option<&FileStatus>, now: Now) -> Phase {
    match status {
        Some(FileStatus::Approved) => Phase::Approved,
        Some(FileStatus::Rejected) => Phase::Rejected,
        Some(FileStatus::Failed) => Phase::Failed,
        other => Phase::Scanning(Scanning {
            since: now,
            raw: other.filter(|status| **status != FileStatus::Processing).cloned(),
            patience: Patience::Usual,
            misses: 0,
        }),
    }
}

/// Whether the list may tell a row picked here something: one with a verdict that it has another one
/// now, one in error that an answer was lost and Connect has the file after all.
fn may_learn(phase: &Phase, status: Option<&FileStatus>) -> bool {
    match phase {
        Phase::Approved | Phase::Rejected | Phase::Failed => true,
        Phase::Error(_) => {
            matches!(status, Some(FileStatus::Approved | FileStatus::Rejected | FileStatus::Failed))
        }
        _ => false,
    }
}

/// Whether a row of another resource is still worth showing: something of it is under way, its end is
/// open, or someone must know.
fn is_needed(item: &Item) -> bool {
    let holds_work = matches!(item.phase, Phase::Scanning(_) | Phase::Error(_));
    item.phase.is_busy() || item.download != Download::Idle || item.is_local && holds_work
}
