//! What the local rules make of a row: refused, warned of, renamed or let through.

use crate::duplicates::{Duplicates, Held};
use crate::item::{Item, ItemId};
use crate::limits::Limits;
use crate::names::numbered;
use crate::phase::{Phase, Step};
use crate::resource::Resource;
use crate::session::Session;
use crate::validate::{Refusal, validate};
use crate::warning::{Warning, contradicts, is_disguised};

/// What the rules say of one row.
pub(crate) struct Judged {
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) warnings: Vec<Warning>,
    /// A name that is free, where its own is not.
    pub(crate) name: Option<String>,
}

impl Session {
    /// Judges a row that is picked, queued or refused, while `held` counts on its resource. Rows that
    /// are `still_open` are judged after it: the first to come has the name.
    pub(crate) fn judge(&self, item: &Item, held: Held, still_open: &[ItemId]) -> Judged {
        // Other resources may have other limits; those are not known.
        let is_shown = self.resource.as_ref() == Some(&item.resource);
        let refusals = if is_shown && self.limits.are_settled() {
            validate(item, &self.limits, held)
        } else {
            let limits = if is_shown { self.limits.known() } else { Limits::unknown() };
            validate(item, &limits, held)
        };
        let mut judged = Judged { refusals, warnings: Vec::new(), name: None };
        if item.is_folder {
            return judged;
        }
        let is_known = |warning: &&Warning| match warning {
            Warning::Content { found } => contradicts(found, &item.name),
            _ => false,
        };
        judged.warnings.extend(item.warnings.iter().find(is_known).cloned());
        if is_disguised(&item.name) {
            judged.warnings.push(Warning::DoubleExtension);
        }
        // A start without an answer may have made a record of this very file.
        if item.unanswered.is_none()
            && let Some(is_same_size) = self.namesake(item, &item.name, still_open)
        {
            match self.config.duplicates {
                Duplicates::Skip if is_same_size => judged.refusals.push(Refusal::Duplicate),
                Duplicates::Rename => {
                    let mut number = 2;
                    let mut name = numbered(&item.name, number);
                    while self.namesake(item, &name, still_open).is_some() {
                        number += 1;
                        name = numbered(&item.name, number);
                    }
                    judged.name = Some(name);
                }
                _ => judged.warnings.push(Warning::Duplicate),
            }
        }
        judged
    }

    /// Judges again what was queued or refused for the current resource, when the rules have changed.
    pub(crate) fn judge_all(&mut self) {
        let is_here = |item: &Item| self.resource.as_ref() == Some(&item.resource);
        let mut rows =
            self.rows_where(&|item| matches!(item.phase, Phase::Queued) && is_here(item));
        // Limits that are not known yet refuse little, which takes no refusal back.
        if self.limits.are_settled() {
            let refused = |item: &Item| matches!(item.phase, Phase::Invalid(_)) && is_here(item);
            rows.extend(self.rows_where(&refused));
        }
        self.judge_again(&rows);
    }

    /// Judges rows of one resource that are queued or refused. Where too many wait, the first to come
    /// are the first to go.
    pub(crate) fn judge_again(&mut self, rows: &[ItemId]) {
        let first = rows.first().and_then(|id| self.item(*id));
        let Some(resource) = first.map(|item| item.resource.clone()) else { return };
        let mut held = self.held(&resource);
        for item in rows.iter().filter_map(|id| self.item(*id)).filter(|item| item.counts()) {
            held.files = held.files.saturating_sub(1);
            held.bytes = held.bytes.saturating_sub(item.size);
        }
        let mut still_open = rows;
        while let [id, later @ ..] = still_open {
            let id = *id;
            still_open = later;
            let Some(item) = self.items.get(&id) else { continue };
            let judged = self.judge(item, held, still_open);
            let is_same = match &item.phase {
                Phase::Invalid(refusals) => *refusals == judged.refusals,
                _ => judged.refusals.is_empty(),
            };
            if judged.refusals.is_empty() {
                held.files += 1;
                held.bytes += item.size;
            }
            // Thousands may wait, and most stay as they are.
            if is_same && item.warnings == judged.warnings && judged.name.is_none() {
                continue;
            }
            if let Some(item) = self.items.get_mut(&id) {
                item.warnings = judged.warnings;
            }
            if let Some(name) = judged.name {
                self.set_name(id, name);
            }
            if judged.refusals.is_empty() {
                self.set_phase(id, Phase::Queued);
            } else {
                // An earlier try may have made a record all the same.
                self.forsake(id, Step::Ready, true);
                self.set_phase(id, Phase::Invalid(judged.refusals));
            }
        }
    }

    /// What counts on a resource. Counted only where there is a rule for it.
    pub(crate) fn held(&self, resource: &Resource) -> Held {
        let mut held = Held::default();
        if self.limits.max_files.is_some() || self.limits.max_total_bytes.is_some() {
            for item in self.items().filter(|item| item.counts() && *item.resource == *resource) {
                held.files += 1;
                held.bytes += item.size;
            }
        }
        held
    }
}
