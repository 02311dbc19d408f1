//! The checksum of a file, made before its upload and kept as a tag of the attached file. Off unless
//! the host names the tag: setting tags needs rights of its own.

use crate::clock::Now;
use crate::errand::Purpose;
use crate::error::{Code, Failure, Stage};
use crate::event::Effect;
use crate::item::{Item, ItemId};
use crate::phase::{Phase, Step, Ticket};
use crate::session::Session;

/// How reading a file for its checksum ended, as the edge reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChecksumEnd {
    /// SHA-256 of all bytes, 64 hexadecimal digits in lower case.
    Done(String),
    /// The file changed, moved or went away.
    Unreadable,
    /// This page cannot make checksums: browsers allow it in secure contexts only.
    Unsupported,
}

/// What is known of a file's checksum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Checksum {
    /// Not made yet.
    #[default]
    Unknown,
    /// Made.
    Known(String),
    /// Cannot be made here: the file goes without.
    Waived,
}

impl Session {
    /// Whether a file is read for its checksum before it is sent.
    pub(crate) fn wants_checksum(&self, item: &Item) -> bool {
        self.config.checksum_tag.is_some() && item.checksum == Checksum::Unknown
    }

    /// Has a file read. Counts as a transfer, so that no more files are read at a time than sent.
    pub(crate) fn begin_checksum(&mut self, id: ItemId, now: Now) {
        let Some(item) = self.items.get(&id) else { return };
        let Some(source) = item.source else { return };
        let resource = item.resource.clone();
        let ticket = self.enter(Purpose::Checksum(id), &resource, None, now);
        self.set_phase(id, Phase::Hashing(Step::Running(ticket)));
        self.effects.push(Effect::Checksum { ticket, source });
    }

    pub(crate) fn checksum_made(&mut self, ticket: Ticket, end: ChecksumEnd) {
        let Some(Purpose::Checksum(id)) = self.errands.remove(&ticket).map(|errand| errand.purpose)
        else {
            return;
        };
        let Some(item) = self.items.get_mut(&id) else { return };
        item.checksum = match end {
            ChecksumEnd::Done(checksum) => Checksum::Known(checksum),
            ChecksumEnd::Unsupported => Checksum::Waived,
            ChecksumEnd::Unreadable => {
                let failure = Failure::new(Stage::Checksum, Code::FileUnreadable, false);
                return self.fail(id, failure);
            }
        };
        self.set_phase(id, Phase::Hashing(Step::Ready));
    }
}
