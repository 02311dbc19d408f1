//! What the edge tells about a file that someone picked, dropped or handed in.

use std::sync::Arc;

use crate::event::{Effect, HostEvent};
use crate::item::{Item, ItemId};
use crate::limits::Limits;
use crate::phase::{Phase, Step};
use crate::resource::Resource;
use crate::session::Session;
use crate::validate::validate;

/// A number the edge gives to a `File` it keeps; the engine never sees the file itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u64);

/// Facts about one picked file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// The edge's handle of the file.
    pub source: SourceId,
    /// Name without path.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// Characters of the name that are in Unicode category C, as the browser found them (`/\p{C}/u`).
    /// Connect's pattern for names is `^\P{C}*$`.
    pub name_offenders: String,
    /// Whether it is a folder, or something that could not be opened as a file.
    pub is_folder: bool,
}

/// The extension of a name: what follows the last dot, in ASCII lower case,
/// since Connect's extensions are letters, digits, `-` and `_`. A dot at the very start or end
/// makes none.
#[must_use]
pub fn extension(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_ascii_lowercase())
}

impl Session {
    /// Makes a row of each picked file, refused or queued; none is ever dropped silently.
    pub(crate) fn picked(&mut self, files: &[FileFacts]) {
        let Some(resource) = self.resource.clone() else {
            // Nowhere to put them: at least nobody keeps them.
            self.effects.extend(files.iter().map(|facts| Effect::Release(facts.source)));
            return;
        };
        self.pick_for(&resource, files);
    }

    /// Makes a row of each file for one resource.
    pub(crate) fn pick_for(&mut self, resource: &Arc<Resource>, files: &[FileFacts]) {
        let is_shown = self.resource.as_ref() == Some(resource);
        let limits = if is_shown { self.limits.known() } else { Limits::unknown() };
        let mut counted = self.files_counted(resource);
        for facts in files {
            let id = ItemId(self.next_number());
            let refusals = validate(facts, &limits, counted);
            counted += usize::from(refusals.is_empty());
            let phase = if refusals.is_empty() { Phase::Queued } else { Phase::Invalid(refusals) };
            let invalid = matches!(phase, Phase::Invalid(_));
            let item = Item {
                size: facts.size,
                source: Some(facts.source),
                is_local: true,
                offenders: facts.name_offenders.clone(),
                is_folder: facts.is_folder,
                ..Item::new(id, resource, facts.name.clone(), phase)
            };
            self.items.insert(id, Box::new(item));
            self.touch(id);
            self.tell(HostEvent::FileAdded, id);
            if invalid {
                self.tell(HostEvent::FileInvalid, id);
            }
        }
    }

    /// Checks again what was queued or refused for the current resource, when the limits have changed.
    pub(crate) fn validate_queue(&mut self) {
        let Some(resource) = self.resource.clone() else { return };
        let limits = self.limits.known();
        // Other resources may have other limits; those are not known any more.
        let queued = self
            .rows_where(&|item| matches!(item.phase, Phase::Queued) && item.resource == resource);
        let mut counted = self.files_counted(&resource).saturating_sub(queued.len());
        // Limits that are not known yet refuse little, which takes no refusal back.
        let mut judged = queued;
        judged.extend(self.rows_where(&|item| {
            matches!(item.phase, Phase::Invalid(_))
                && item.resource == resource
                && self.limits.are_settled()
        }));
        // Where too many wait, the first to come are the first to go.
        for id in judged {
            let Some(facts) = self.items.get(&id).and_then(|item| item.facts()) else { continue };
            let refusals = validate(&facts, &limits, counted);
            if refusals.is_empty() {
                counted += 1;
                self.set_phase(id, Phase::Queued);
            } else {
                // An earlier try may have made a record all the same.
                self.forsake(id, Step::Ready, true);
                self.set_phase(id, Phase::Invalid(refusals));
            }
        }
    }

    /// Files that are, or are about to be, on a resource.
    fn files_counted(&self, resource: &Resource) -> usize {
        self.items
            .values()
            .filter(|item| *item.resource == *resource)
            .filter(|item| {
                !matches!(
                    item.phase,
                    Phase::Invalid(_)
                        | Phase::Canceled
                        | Phase::Error(_)
                        | Phase::Rejected
                        | Phase::Deleted
                )
            })
            .count()
    }
}
