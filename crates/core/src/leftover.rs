//! Uploads that a page left behind when it crashed or was closed: what is kept of them, and how the
//! next page takes them up.

use std::sync::Arc;

use crate::clock::Now;
use crate::error::{Code, Failure, Stage};
use crate::event::{Effect, HostEvent};
use crate::item::{Item, ItemId};
use crate::phase::{Completing, Phase, Scanning, Step};
use crate::pick::FileFacts;
use crate::resource::Resource;
use crate::session::Session;

/// What is kept of an upload under way: no bytes, no URL, no header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// What it is to be attached to.
    pub resource: Resource,
    /// File name.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// Id of the file record, if a start was answered.
    pub file_id: Option<String>,
    /// Whether S3 took the bytes, so that only *complete* is missing.
    pub is_sent: bool,
}

/// How far an upload is, as far as it is worth keeping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    /// Nothing of it would be lost with the page.
    None,
    /// Without a record yet.
    Unstarted,
    /// Connect has a record of it.
    Started,
    /// S3 has its bytes.
    Sent,
}

impl Item {
    /// How far its upload is.
    #[must_use]
    pub fn trace(&self) -> Trace {
        match &self.phase {
            Phase::Queued | Phase::Hashing(_) | Phase::Starting(_) => Trace::Unstarted,
            Phase::Uploading(_) => Trace::Started,
            Phase::Completing(_) => Trace::Sent,
            Phase::Scanning(scanning) if scanning.is_check => Trace::Started,
            Phase::Error(failure) if is_interrupted(failure.code) => match self.file_id {
                Some(_) => Trace::Started,
                None => Trace::Unstarted,
            },
            _ => Trace::None,
        }
    }

    /// What is to be kept of its upload.
    #[must_use]
    pub fn leftover(&self) -> Leftover {
        Leftover {
            resource: (*self.resource).clone(),
            name: self.name.clone(),
            size: self.size,
            file_id: self.file_id.clone(),
            is_sent: self.trace() == Trace::Sent,
        }
    }
}

impl Session {
    /// Makes rows of what an earlier page left behind. What S3 has is completed; the rest waits for
    /// someone to choose the file again.
    pub(crate) fn left_behind(&mut self, leftovers: Vec<Leftover>) {
        for leftover in leftovers {
            let known = leftover.file_id.as_deref();
            // The list of the case was faster: the file is there.
            if known.is_some_and(|file_id| self.row_of(&leftover.resource, file_id).is_some()) {
                continue;
            }
            let phase = if leftover.is_sent && known.is_some() {
                Phase::Completing(Completing { step: Step::Ready, unsure: true })
            } else {
                Phase::Error(Failure::new(Stage::Put, Code::Interrupted, known.is_some()))
            };
            let id = ItemId(self.next_number());
            let resource = Arc::new(leftover.resource);
            let item = Item {
                size: leftover.size,
                file_id: leftover.file_id,
                is_local: true,
                ..Item::new(id, &resource, leftover.name, phase)
            };
            self.add(item);
            self.tell(HostEvent::FileAdded, id);
        }
    }

    /// Sends another file, or the same one chosen again, in place of one that cannot go on.
    pub(crate) fn replaced(&mut self, id: ItemId, facts: FileFacts) {
        let resource = self.items.get(&id).map(|item| Arc::clone(&item.resource));
        self.remove(id);
        match resource {
            Some(resource) if self.items.get(&id).is_none() => {
                self.pick_for(&resource, vec![facts], false);
            }
            // Went on meanwhile, or is gone.
            _ => self.effects.push(Effect::Release(facts.source)),
        }
    }

    /// Asks what Connect knows of an interrupted upload. One answer settles it.
    pub(crate) fn check_status(&mut self, id: ItemId, now: Now) {
        let Some(item) = self.items.get(&id) else { return };
        let resource = Arc::clone(&item.resource);
        let scanning = Scanning { is_check: true, ..Scanning::new(now, None) };
        self.set_phase(id, Phase::Scanning(scanning));
        self.ask_again(&resource, now);
    }

    /// A check found no verdict: before *complete* Connect says PROCESSING, or nothing at all.
    pub(crate) fn not_received(&mut self, id: ItemId, is_known: bool) {
        if let Some(item) = self.items.get_mut(&id).filter(|_| !is_known) {
            item.file_id = None;
        }
        self.fail(id, Failure::new(Stage::Put, Code::NotReceived, is_known));
    }
}

/// Whether a failure is that of an upload whose page went away.
#[must_use]
pub fn is_interrupted(code: Code) -> bool {
    matches!(code, Code::Interrupted | Code::NotReceived)
}
