//! What goes into the engine and what comes out.

use std::sync::Arc;

use crate::call::{Answer, Call, CallError};
use crate::checksum::ChecksumEnd;
use crate::download::FetchEnd;
use crate::duplicates::Duplicates;
use crate::item::ItemId;
use crate::leftover::Leftover;
use crate::phase::{PhaseName, Ticket};
use crate::pick::{FileFacts, SourceId};
use crate::put::{PutEnd, PutHeaders};
use crate::redact::SecretUrl;
use crate::resource::Resource;

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "handed over once, never stored; smaller on 32 bits")]
pub enum Event {
    /// The host names the resource that new files go to. Files on their way stay with theirs.
    Resource(Option<Resource>),
    /// Someone picked, dropped or handed in files.
    Picked(Arc<Resource>, Vec<FileFacts>),
    /// Stop this upload.
    Cancel(ItemId),
    /// Try again what ended in an error, a cancel or a failure.
    Retry(ItemId),
    /// Several events at once: what follows from them is worked out once.
    Many(Vec<Event>),
    /// Hold this upload; a PUT under way is stopped and begins anew later.
    Pause(ItemId),
    /// Go on with it.
    Resume(ItemId),
    /// Send this file in place of one that cannot go on.
    Replace(ItemId, FileFacts),
    /// What an earlier page left behind.
    LeftBehind(Vec<Leftover>),
    /// Take an ended row off the list; nothing is deleted at Connect.
    Remove(ItemId),
    /// Delete the file at Connect, for good.
    Delete(ItemId),
    /// Delete it after a pause of [`UNDO_MS`](crate::phase::UNDO_MS), in which it may be restored.
    DeleteSoon(ItemId),
    /// Call that delete off.
    Restore(ItemId),
    /// Fetch the file and save it.
    Download(ItemId),
    /// Fetch the file and hand its bytes over. Ends in one fetch of that kind that is reported as
    /// saved, or in one [`Effect::NotHanded`].
    Hand(ItemId),
    /// Give a file that was not sent yet another name; the text last are its characters of Unicode
    /// category C, see [`FileFacts::name_offenders`].
    Rename(ItemId, String, String),
    /// A file's content looks like one of this extension, which is not that of its name.
    Sniffed(SourceId, String),
    /// Ask anew for limits, list and verdicts.
    Refresh,
    /// Send so many files at the same time.
    Concurrency(usize),
    /// The host says how many files the resource may hold.
    MaxFiles(Option<usize>),
    /// The host says how many bytes the resource may hold.
    MaxTotalBytes(Option<u64>),
    /// What becomes of files whose name is taken.
    Duplicates(Duplicates),
    /// Whether files wait to be started by [`Event::Resume`]. Ending it starts those that wait.
    ManualStart(bool),
    /// Keep each file's checksum in this tag; none without one.
    ChecksumTag(Option<String>),
    /// The browser says that the network is there, or not.
    Online(bool),
    /// The page came to the front, or went away.
    Visible(bool),
    /// A call ended.
    Answered {
        /// Which.
        ticket: Ticket,
        /// How.
        result: Result<Answer, CallError>,
    },
    /// A file was read for its checksum.
    ChecksumMade {
        /// Which.
        ticket: Ticket,
        /// How.
        end: ChecksumEnd,
    },
    /// A PUT moved.
    PutProgress {
        /// Which.
        ticket: Ticket,
        /// Bytes handed to the network in all.
        loaded: u64,
    },
    /// A PUT ended.
    PutEnded {
        /// Which.
        ticket: Ticket,
        /// How.
        end: PutEnd,
    },
    /// A download ended.
    Fetched {
        /// Which.
        ticket: Ticket,
        /// How.
        end: FetchEnd,
    },
    /// Time has passed; see [`crate::session::Session::next_wake`].
    Tick,
}

/// Something is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a call; end with [`Event::Answered`].
    Call {
        /// Its number.
        ticket: Ticket,
        /// On what.
        resource: Arc<Resource>,
        /// What.
        call: Call,
    },
    /// Read a file for its checksum; end with [`Event::ChecksumMade`].
    Checksum {
        /// Its number.
        ticket: Ticket,
        /// Which file.
        source: SourceId,
    },
    /// Send a file; end with [`Event::PutEnded`].
    Put {
        /// Its number.
        ticket: Ticket,
        /// Which file.
        source: SourceId,
        /// Its size when it was picked, to be compared with its size now.
        size: u64,
        /// Where to.
        url: SecretUrl,
        /// With which headers, and no others.
        headers: PutHeaders,
    },
    /// Fetch a file and save it or hand it over; end with [`Event::Fetched`].
    Fetch {
        /// Its number.
        ticket: Ticket,
        /// Where from.
        url: SecretUrl,
        /// Name to save it under.
        name: String,
        /// Its size according to Connect.
        size: u64,
        /// SHA-256 of its bytes in hexadecimal, if its tag tells.
        checksum: Option<String>,
        /// Whose bytes are to be handed over instead of saved.
        hand: Option<ItemId>,
    },
    /// A hand-over came to nothing. Why is the row's notice, if there is a row.
    NotHanded(ItemId),
    /// Stop a request; no event about it is wanted any more.
    Abort(Ticket),
    /// The file is not needed any more.
    Release(SourceId),
    /// Tell the host about a row.
    Tell {
        /// What.
        event: HostEvent,
        /// Which row.
        item: ItemId,
    },
    /// Something is on its way: closing the page would lose it.
    Busy,
    /// Nothing is on its way any more.
    Idle,
    /// Whether everything attached to the resource is approved has changed.
    ApprovalChanged(bool),
    /// The limits in force have changed.
    LimitsChanged,
}

/// What the host is told about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// A row appeared for a picked file.
    FileAdded,
    /// It broke a local rule.
    FileInvalid,
    /// Its upload began.
    UploadStart,
    /// Bytes moved; at most four times a second for a file.
    UploadProgress,
    /// No byte moved for five seconds.
    UploadStalled,
    /// A step will be repeated.
    UploadRetry,
    /// S3 has the bytes and Connect knows. Not a verdict.
    UploadComplete,
    /// A step failed for good.
    UploadError,
    /// The phase changed; this was the one before.
    StatusChange(PhaseName),
    /// Verdict: approved.
    FileApproved,
    /// Verdict: rejected.
    FileRejected,
    /// Verdict: failed.
    FileFailed,
    /// The file is deleted.
    FileDeleted,
}

impl HostEvent {
    /// Name of the DOM event.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FileAdded => "file-added",
            Self::FileInvalid => "file-invalid",
            Self::UploadStart => "upload-start",
            Self::UploadProgress => "upload-progress",
            Self::UploadStalled => "upload-stalled",
            Self::UploadRetry => "upload-retry",
            Self::UploadComplete => "upload-complete",
            Self::UploadError => "upload-error",
            Self::StatusChange(_) => "status-change",
            Self::FileApproved => "file-approved",
            Self::FileRejected => "file-rejected",
            Self::FileFailed => "file-failed",
            Self::FileDeleted => "file-deleted",
        }
    }

    /// What an edge between two phases tells beside the change itself.
    pub(crate) fn on_edge(from: PhaseName, to: PhaseName) -> Option<Self> {
        match (from, to) {
            // A delete that failed leads back to a verdict the host knows already.
            (PhaseName::Deleting, to) if to != PhaseName::Deleted => None,
            (_, PhaseName::Invalid) => Some(Self::FileInvalid),
            // Only the first start: another one is a renewed URL.
            (PhaseName::Queued | PhaseName::Hashing, PhaseName::Starting) => {
                Some(Self::UploadStart)
            }
            (PhaseName::Completing, PhaseName::Scanning) => Some(Self::UploadComplete),
            (_, PhaseName::Approved) => Some(Self::FileApproved),
            (_, PhaseName::Rejected) => Some(Self::FileRejected),
            (_, PhaseName::Failed) => Some(Self::FileFailed),
            (_, PhaseName::Error) => Some(Self::UploadError),
            (_, PhaseName::Deleted) => Some(Self::FileDeleted),
            _ => None,
        }
    }
}
