//! One row: a file on its way, or one the case already holds.

use std::sync::Arc;

use crate::call::Operation;
use crate::checksum::Checksum;
use crate::clock::Now;
use crate::error::Failure;
use crate::phase::{Hold, Phase, Step, Ticket};
use crate::pick::SourceId;
use crate::resource::Resource;
use crate::retry::Tries;
use crate::warning::Warning;

/// Number of a row, unique in a session and rising with the order of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u64);

/// How far a download is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Download {
    /// None under way.
    #[default]
    Idle,
    /// Asks for a URL.
    Asking {
        /// The call.
        step: Step,
        /// Whether this is its second try.
        renewed: bool,
    },
    /// The browser fetches, and saves or hands over.
    Fetching {
        /// The transfer.
        ticket: Ticket,
        /// Whether this is its second try.
        renewed: bool,
        /// Whether its bytes are handed over instead of saved.
        hand: bool,
    },
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its number.
    pub id: ItemId,
    /// What it belongs to, for life.
    pub resource: Arc<Resource>,
    /// File name.
    pub name: String,
    /// The name as it was picked, when that is another one.
    pub original_name: Option<String>,
    /// Size in bytes.
    pub size: u64,
    /// The edge's file, as long as it may be needed.
    pub source: Option<SourceId>,
    /// Whether it was picked here, as opposed to listed by the service.
    pub is_local: bool,
    /// Id of the file record, once there is one.
    pub file_id: Option<String>,
    /// When the record was made, ISO 8601 as the service says it.
    pub created_at: Option<String>,
    /// ARN of who made it.
    pub created_by: Option<String>,
    /// Where it stands.
    pub phase: Phase,
    /// What is worth a second look at it.
    pub warnings: Vec<Warning>,
    /// Whether the user paused it.
    pub is_paused: bool,
    /// Whether it waits to be started by hand.
    pub awaits_start: bool,
    /// Its checksum.
    pub checksum: Checksum,
    /// Its download.
    pub download: Download,
    /// What went wrong with a side action (download, delete, status) while the phase stayed.
    pub notice: Option<Failure>,
    /// Hand-overs asked for, the one under way included.
    pub(crate) hands: usize,
    /// Whether it is to be saved as soon as no hand-over is under way.
    pub(crate) wants_save: bool,
    pub(crate) is_folder: bool,
    /// See [`FileFacts::refused`](crate::pick::FileFacts::refused).
    pub(crate) refused: Option<String>,
    pub(crate) tags: Vec<(String, String)>,
    /// The run in which it was sent; see [`crate::tally::Run`].
    pub(crate) run: u32,
    pub(crate) tries: Tries,
    /// Client token of a start that was given up without knowing whether it took effect, and when it
    /// was first sent: a retry repeats it, so that no second record comes of it.
    pub(crate) unanswered: Option<(String, Now)>,
    /// New URLs asked for since bytes last really moved.
    pub(crate) renewals: u8,
    /// Bytes of the attempt that came furthest, in steps of real progress.
    pub(crate) furthest: u64,
    /// When progress was last told to the host.
    pub(crate) told_at: Option<Now>,
}

impl Item {
    pub(crate) fn new(id: ItemId, resource: &Arc<Resource>, name: String, phase: Phase) -> Self {
        Self {
            id,
            resource: Arc::clone(resource),
            name,
            original_name: None,
            size: 0,
            source: None,
            is_local: false,
            file_id: None,
            created_at: None,
            created_by: None,
            phase,
            warnings: Vec::new(),
            is_paused: false,
            awaits_start: false,
            checksum: Checksum::Unknown,
            download: Download::Idle,
            notice: None,
            hands: 0,
            wants_save: false,
            is_folder: false,
            refused: None,
            tags: Vec::new(),
            run: 0,
            tries: Tries::default(),
            unanswered: None,
            renewals: 0,
            furthest: 0,
            told_at: None,
        }
    }

    /// Whether trying again may help.
    #[must_use]
    pub fn may_retry(&self) -> bool {
        match &self.phase {
            Phase::Canceled | Phase::Failed => self.source.is_some(),
            Phase::Error(failure) => failure.retryable,
            _ => false,
        }
    }

    /// Whether its file was sent and is not being deleted.
    pub(crate) fn is_sent(&self) -> bool {
        matches!(self.phase, Phase::Scanning(_) | Phase::Approved | Phase::Rejected | Phase::Failed)
    }

    /// Whether its delete can still be called off.
    #[must_use]
    pub fn may_restore(&self) -> bool {
        matches!(&self.phase, Phase::Deleting(deleting) if deleting.may_restore)
    }

    /// Whether a request of it is under way or to be sent, or a verdict outstanding.
    pub(crate) fn is_active(&self) -> bool {
        self.phase.step().is_some()
            || matches!(self.phase, Phase::Scanning(_))
            || self.download != Download::Idle
    }

    pub(crate) fn download_step(&self) -> Option<Step> {
        match self.download {
            Download::Asking { step, .. } => Some(step),
            Download::Idle | Download::Fetching { .. } => None,
        }
    }

    /// The call its phase makes next, or has under way.
    pub(crate) fn next_call(&self) -> Option<Operation> {
        match &self.phase {
            Phase::Queued | Phase::Hashing(_) | Phase::Starting(_) => Some(Operation::Start),
            Phase::Completing(_) => Some(Operation::Complete),
            Phase::Deleting(_) => Some(Operation::Delete),
            _ => None,
        }
    }

    /// Why it does not go on although its phase would. `throttled` says whether the gate of its next
    /// call is closed.
    #[must_use]
    pub fn hold(&self, online: bool, throttled: bool) -> Hold {
        let waits = match &self.phase {
            Phase::Queued => true,
            // It does what it should.
            Phase::Deleting(deleting) if deleting.may_restore => false,
            phase => phase.step().is_some_and(|step| step.ticket().is_none()),
        };
        let renews = matches!(&self.phase, Phase::Starting(starting) if starting.renews);
        if waits && self.is_paused {
            Hold::Paused
        } else if waits && self.awaits_start {
            Hold::Manual
        } else if waits && !online {
            Hold::Offline
        } else if waits && throttled {
            Hold::Throttled
        } else if waits && matches!(self.phase.step(), Some(Step::Backoff(_))) {
            Hold::Backoff
        } else if renews {
            Hold::UrlExpired
        } else {
            Hold::None
        }
    }
}
