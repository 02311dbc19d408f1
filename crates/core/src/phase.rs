//! Where a file stands: one phase, one hold, and the edges between phases.

use crate::clock::{Due, Now};
use crate::error::Failure;
use crate::progress::Progress;
use crate::put::PutHeaders;
use crate::redact::SecretUrl;
use crate::validate::Refusal;
use crate::wire::FileStatus;

/// Number of one request or transfer. Unique in a session, so an answer that comes after its
/// attempt has ended finds its number gone and changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// How far a step's one request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To be sent as soon as slot, gate and link allow.
    Ready,
    /// Under way.
    Running(Ticket),
    /// To be sent again after a pause.
    Backoff(Due),
}

impl Step {
    /// Whether it may be sent now, as far as the step itself is concerned.
    #[must_use]
    pub fn is_due(self, now: Now) -> bool {
        match self {
            Self::Ready => true,
            Self::Running(_) => false,
            Self::Backoff(due) => due.is_past(now),
        }
    }

    /// The request under way.
    #[must_use]
    pub fn ticket(self) -> Option<Ticket> {
        match self {
            Self::Running(ticket) => Some(ticket),
            Self::Ready | Self::Backoff(_) => None,
        }
    }
}

/// What a good start answered: the right to send one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Id of the file record.
    pub file_id: String,
    /// Where to send the bytes.
    pub url: SecretUrl,
    /// What to send with them.
    pub headers: PutHeaders,
    /// When the URL was asked for: its age counts from here, which is never too young.
    pub asked_at: Now,
}

/// The start call.
#[derive(Clone, Debug, PartialEq)]
pub struct Starting {
    /// Client token; the same one for every repeat of an unanswered start.
    pub token: String,
    /// The call.
    pub step: Step,
    /// When the earliest call was sent that may have made the URL.
    pub asked_at: Now,
    /// Whether this start replaces a URL that ran out.
    pub renews: bool,
    /// Whether an earlier try may have taken effect without our learning of it.
    pub unsure: bool,
}

/// The PUT.
#[derive(Clone, Debug, PartialEq)]
pub struct Uploading {
    /// What the start gave.
    pub grant: Grant,
    /// The transfer.
    pub step: Step,
    /// Its progress.
    pub progress: Progress,
    /// When bytes last moved.
    pub moved_at: Now,
    /// Whether no byte has moved for five seconds.
    pub stalled: bool,
    /// Whether S3 has said 2xx before the browser had sent every byte.
    pub doubted: bool,
}

/// The complete call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completing {
    /// The call.
    pub step: Step,
    /// Whether an earlier try may have taken effect without our learning of it.
    pub unsure: bool,
}

/// Waiting for the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanning {
    /// Since when.
    pub since: Now,
    /// A status that is neither a verdict nor PROCESSING, as the service says it.
    pub raw: Option<FileStatus>,
    /// How long it has been.
    pub patience: Patience,
    /// How often in a row the service did not find the file.
    pub misses: u8,
    /// Whether it is an interrupted upload that is only asked about: without a verdict it goes back.
    pub is_check: bool,
}

impl Scanning {
    pub(crate) fn new(since: Now, raw: Option<FileStatus>) -> Self {
        Self { since, raw, patience: Patience::Usual, misses: 0, is_check: false }
    }
}

/// How long a verdict is outstanding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Within the usual time.
    Usual,
    /// More than 90 seconds: *still being checked*.
    Slow,
    /// More than 15 minutes, or the service would not say: asked again only on demand.
    AskedNoMore,
}

/// Pause before a delete that may be called off, in milliseconds.
pub const UNDO_MS: u64 = 5_000;

/// The delete call, with the phase to return to should it fail.
#[derive(Clone, Debug, PartialEq)]
pub struct Deleting {
    /// The call.
    pub step: Step,
    /// Where the item stood.
    pub back: Box<Phase>,
    /// Whether the call has not gone out yet and may be called off.
    pub may_restore: bool,
}

/// Where an item stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Refused by local rules; nothing was sent.
    Invalid(Vec<Refusal>),
    /// Waits for its turn.
    Queued,
    /// Is read for its checksum.
    Hashing(Step),
    /// Asks for an upload URL.
    Starting(Starting),
    /// Sends bytes.
    Uploading(Uploading),
    /// Tells Connect that the bytes are there.
    Completing(Completing),
    /// Waits for the scanner.
    Scanning(Scanning),
    /// The scanner let it pass. Only a server answer leads here.
    Approved,
    /// The scanner refused it.
    Rejected,
    /// Processing at Connect broke.
    Failed,
    /// A step of ours failed.
    Error(Failure),
    /// Stopped by the user.
    Canceled,
    /// Being deleted.
    Deleting(Deleting),
    /// Gone.
    Deleted,
}

/// A phase's name, as the public API shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is documented at its namesake in Phase")]
pub enum PhaseName {
    Invalid,
    Queued,
    Hashing,
    Starting,
    Uploading,
    Completing,
    Scanning,
    Approved,
    Rejected,
    Failed,
    Error,
    Canceled,
    Deleting,
    Deleted,
}

impl PhaseName {
    /// Stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Queued => "queued",
            Self::Hashing => "hashing",
            Self::Starting => "starting",
            Self::Uploading => "uploading",
            Self::Completing => "completing",
            Self::Scanning => "scanning",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Failed => "failed",
            Self::Error => "error",
            Self::Canceled => "canceled",
            Self::Deleting => "deleting",
            Self::Deleted => "deleted",
        }
    }

    /// Whether an item may go from this phase to `next`. There are no other edges.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        use PhaseName::{
            Approved, Canceled, Completing, Deleted, Deleting, Error, Failed, Hashing, Invalid,
            Queued, Rejected, Scanning, Starting, Uploading,
        };
        match self {
            // Other limits came.
            Invalid => matches!(next, Queued | Deleted),
            Queued => matches!(next, Hashing | Starting | Invalid | Canceled | Error),
            Hashing => matches!(next, Starting | Error | Canceled),
            Starting => matches!(next, Uploading | Error | Canceled),
            Uploading => matches!(next, Completing | Starting | Error | Canceled),
            Completing => matches!(next, Scanning | Starting | Error | Canceled | Deleting),
            Scanning => matches!(next, Approved | Rejected | Failed | Error | Deleting | Deleted),
            // A list may tell that a verdict was overtaken or that a colleague deleted the file.
            Approved | Rejected => {
                matches!(next, Deleting | Scanning | Approved | Rejected | Failed | Error | Deleted)
            }
            Failed => {
                matches!(next, Deleting | Queued | Scanning | Approved | Rejected | Error | Deleted)
            }
            Error => matches!(
                next,
                Queued | Completing | Scanning | Approved | Rejected | Failed | Deleted
            ),
            Canceled => matches!(next, Queued | Deleted),
            Deleting => {
                matches!(next, Deleted | Canceled | Scanning | Approved | Rejected | Failed)
            }
            Deleted => false,
        }
    }
}

impl Phase {
    /// The phase's name.
    #[must_use]
    pub fn name(&self) -> PhaseName {
        match self {
            Self::Invalid(_) => PhaseName::Invalid,
            Self::Queued => PhaseName::Queued,
            Self::Hashing(_) => PhaseName::Hashing,
            Self::Starting(_) => PhaseName::Starting,
            Self::Uploading(_) => PhaseName::Uploading,
            Self::Completing(_) => PhaseName::Completing,
            Self::Scanning(_) => PhaseName::Scanning,
            Self::Approved => PhaseName::Approved,
            Self::Rejected => PhaseName::Rejected,
            Self::Failed => PhaseName::Failed,
            Self::Error(_) => PhaseName::Error,
            Self::Canceled => PhaseName::Canceled,
            Self::Deleting(_) => PhaseName::Deleting,
            Self::Deleted => PhaseName::Deleted,
        }
    }

    /// The step of a phase that makes requests.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        match self {
            Self::Hashing(step) => Some(*step),
            Self::Starting(starting) => Some(starting.step),
            Self::Uploading(uploading) => Some(uploading.step),
            Self::Completing(completing) => Some(completing.step),
            Self::Deleting(deleting) => Some(deleting.step),
            _ => None,
        }
    }

    pub(crate) fn step_mut(&mut self) -> Option<&mut Step> {
        match self {
            Self::Hashing(step) => Some(step),
            Self::Starting(starting) => Some(&mut starting.step),
            Self::Uploading(uploading) => Some(&mut uploading.step),
            Self::Completing(completing) => Some(&mut completing.step),
            Self::Deleting(deleting) => Some(&mut deleting.step),
            _ => None,
        }
    }

    /// Whether work of ours is still to be done: from the queue to the last answer of complete.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(
            self,
            Self::Queued
                | Self::Hashing(_)
                | Self::Starting(_)
                | Self::Uploading(_)
                | Self::Completing(_)
                | Self::Deleting(_)
        )
    }
}

/// Why an item that could go on does not, beside its phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Nothing holds it.
    None,
    /// The user paused it.
    Paused,
    /// Waits to be started by hand.
    Manual,
    /// No network.
    Offline,
    /// Waits for its turn at a closed gate: Connect throttles the account.
    Throttled,
    /// Waits before a repeat.
    Backoff,
    /// Gets a new URL because the old one ran out.
    UrlExpired,
}

impl Hold {
    /// Stable name, part of the public item.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Paused => "paused",
            Self::Manual => "manual",
            Self::Offline => "offline",
            Self::Throttled => "throttled",
            Self::Backoff => "backoff",
            Self::UrlExpired => "url_expired",
        }
    }
}
