//! What the resource holds already: its limits and its list of files.
//!
//! There is no operation that lists files. A case's files are found through its related items, then
//! looked up in batches; an email contact has no such search, so only what is picked here is shown.

use std::sync::Arc;

use crate::call::{Answer, Call, CallError};
use crate::clock::Now;
use crate::errand::Purpose;
use crate::error::{Failure, Stage};
use crate::event::Effect;
use crate::item::{Download, Item, ItemId};
use crate::phase::{Phase, Step};
use crate::resource::{Resource, ResourceKind};
use crate::retry::{BACKGROUND, Tries};
use crate::session::Session;
use crate::wire::{BATCH_MAX, BatchRequest, SearchRequest};

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
    pub(crate) list_tries: Tries,
    /// Pages in a row that brought no new file.
    pub(crate) barren_pages: u8,
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

    pub(crate) fn listing_step_mut(&mut self) -> Option<&mut Step> {
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

    /// Takes over how many files, and bytes, the host says the resource may hold.
    pub(crate) fn cap(&mut self, max_files: Option<usize>, max_total_bytes: Option<u64>) {
        let limits = &mut self.limits;
        if limits.max_files != max_files || limits.max_total_bytes != max_total_bytes {
            limits.max_files = max_files;
            limits.max_total_bytes = max_total_bytes;
            self.effects.push(Effect::LimitsChanged);
            self.judge_all();
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
        self.judge_all();
    }

    /// Takes a row off the list and lets go of its file.
    pub(crate) fn drop_row(&mut self, id: ItemId) {
        self.stop_download(id);
        self.forsake(id, Step::Ready, true);
        self.release(id);
        self.items.remove(&id);
        self.touch(id);
    }
}

/// Whether a row of another resource is still worth showing: something of it is under way, its end is
/// open, or someone must know.
fn is_needed(item: &Item) -> bool {
    let holds_work = matches!(item.phase, Phase::Scanning(_) | Phase::Error(_));
    item.phase.is_busy() || item.download != Download::Idle || item.is_local && holds_work
}
