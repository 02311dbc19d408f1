//! The list of a case: its related items page by page, then the files behind them in batches.

use crate::call::{Answer, CallError};
use crate::clock::Now;
use crate::error::Stage;
use crate::item::{Item, ItemId};
use crate::phase::{Phase, Scanning, Step};
use crate::retry::BACKGROUND;
use crate::session::Session;
use crate::shelf::Listing;
use crate::wire::{BatchAnswer, FileMetadata, FileStatus};

/// So many pages in a row without a new file end the search.
const MAX_BARREN_PAGES: u8 = 20;

impl Session {
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
        // Names may be taken that were not known to be.
        self.judge_all();
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
                self.add(item);
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
}

/// The phase of a row the list brings.
fn listed_phase(status: Option<&FileStatus>, now: Now) -> Phase {
    match status {
        Some(FileStatus::Approved) => Phase::Approved,
        Some(FileStatus::Rejected) => Phase::Rejected,
        Some(FileStatus::Failed) => Phase::Failed,
        other => {
            let raw = other.filter(|status| **status != FileStatus::Processing).cloned();
            Phase::Scanning(Scanning::new(now, raw))
        }
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
