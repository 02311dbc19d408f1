//! What the edge tells about a file that someone picked, dropped or handed in.

use std::sync::Arc;

use crate::event::HostEvent;
use crate::item::{Item, ItemId};
use crate::names::clean;
use crate::phase::Phase;
use crate::resource::Resource;
use crate::session::Session;

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
    /// What the host says against it, if it does.
    pub refused: Option<String>,
    /// Tags for its file record, at most 50 with that of the checksum.
    pub tags: Vec<(String, String)>,
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
    pub(crate) fn pick_for(
        &mut self,
        resource: &Arc<Resource>,
        files: Vec<FileFacts>,
        awaits_start: bool,
    ) {
        let mut held = self.held(resource);
        for facts in files {
            let id = ItemId(self.next_number());
            let name = clean(&facts.name, &facts.name_offenders);
            let mut item = Item {
                size: facts.size,
                source: Some(facts.source),
                is_local: true,
                is_folder: facts.is_folder,
                refused: facts.refused,
                tags: facts.tags,
                awaits_start,
                ..Item::new(id, resource, name, Phase::Queued)
            };
            let judged = self.judge(&item, held, &[]);
            item.warnings = judged.warnings;
            if let Some(name) = judged.name {
                item.name = name;
            }
            item.original_name = (facts.name != item.name).then_some(facts.name);
            let is_invalid = !judged.refusals.is_empty();
            if is_invalid {
                item.phase = Phase::Invalid(judged.refusals);
            } else {
                held.files += 1;
                held.bytes += item.size;
            }
            self.add(item);
            self.tell(HostEvent::FileAdded, id);
            if is_invalid {
                self.tell(HostEvent::FileInvalid, id);
            }
        }
    }

    /// Takes a row into the list.
    pub(crate) fn add(&mut self, item: Item) {
        let id = item.id;
        self.names.note(&item.name);
        self.items.insert(id, Box::new(item));
        self.touch(id);
    }
}
