//! A row's state in words and as an icon; colour alone never says anything.

use connect_attached_files_core::error::{Code, Stage};
use connect_attached_files_core::leftover::is_interrupted;
use connect_attached_files_core::phase::{Hold, Patience, PhaseName};
use connect_attached_files_core::text::Text;

use crate::model::ItemView;
use crate::strings::Words;

/// How a state is meant: decides colour and icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Nothing to do, nothing achieved yet.
    Neutral,
    /// On its way.
    Busy,
    /// Good.
    Good,
    /// Needs a look.
    Warning,
    /// Went wrong.
    Bad,
}

impl Tone {
    /// Class of the status line.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Neutral => "caf-status caf-neutral",
            Self::Busy => "caf-status caf-busy",
            Self::Good => "caf-status caf-good",
            Self::Warning => "caf-status caf-warning",
            Self::Bad => "caf-status caf-bad",
        }
    }
}

/// The tone of a row.
pub(super) fn tone(view: &ItemView) -> Tone {
    match view.phase {
        PhaseName::Approved if view.failure.is_some() => Tone::Warning,
        PhaseName::Approved => Tone::Good,
        PhaseName::Invalid | PhaseName::Error | PhaseName::Failed | PhaseName::Rejected => {
            Tone::Bad
        }
        PhaseName::Scanning if view.patience != Patience::Usual => Tone::Warning,
        PhaseName::Uploading if view.stalled => Tone::Warning,
        PhaseName::Hashing
        | PhaseName::Starting
        | PhaseName::Uploading
        | PhaseName::Completing
        | PhaseName::Scanning
        | PhaseName::Deleting => Tone::Busy,
        PhaseName::Queued | PhaseName::Canceled | PhaseName::Deleted => Tone::Neutral,
    }
}

/// What a row's state is called.
pub(super) fn phase_text(words: Words, view: &ItemView) -> String {
    let hold = match view.hold {
        Hold::None => None,
        Hold::Paused => Some(Text::HoldPaused),
        Hold::Manual => Some(Text::HoldManual),
        Hold::Offline => Some(Text::HoldOffline),
        Hold::Throttled => Some(Text::HoldThrottled),
        Hold::Backoff => Some(Text::HoldBackoff),
        Hold::UrlExpired => Some(Text::HoldUrlExpired),
    };
    let stored_error = view.failure.as_ref().is_some_and(|failure| failure.stage == Stage::Watch);
    let text = hold.unwrap_or(match view.phase {
        PhaseName::Invalid => Text::PhaseInvalid,
        PhaseName::Queued => Text::PhaseQueued,
        PhaseName::Hashing => Text::PhaseHashing,
        PhaseName::Starting => Text::PhaseStarting,
        PhaseName::Uploading if view.stalled => Text::Stalled,
        PhaseName::Uploading => Text::PhaseUploading,
        PhaseName::Completing => Text::PhaseCompleting,
        PhaseName::Scanning => match view.patience {
            Patience::Usual => Text::PhaseScanning,
            Patience::Slow => Text::PhaseScanningSlow,
            Patience::AskedNoMore => Text::PhaseScanningOpen,
        },
        PhaseName::Approved if view.is_downloading => Text::PhaseDownloading,
        PhaseName::Approved => Text::PhaseApproved,
        PhaseName::Rejected => Text::PhaseRejected,
        PhaseName::Failed => Text::PhaseFailed,
        PhaseName::Error if stored_error => Text::PhaseErrorStored,
        PhaseName::Error => Text::PhaseError,
        PhaseName::Canceled => Text::PhaseCanceled,
        PhaseName::Deleting | PhaseName::Deleted => Text::PhaseDeleting,
    });
    words.get(text)
}

/// What is to be said beside the state: the reason, or how far it is.
pub(super) fn detail_text(words: Words, view: &ItemView) -> Option<String> {
    if !view.refusals.is_empty() {
        return Some(words.refusals(&view.refusals, view.size));
    }
    if let Some(failure) = &view.failure {
        return Some(words.failure(failure));
    }
    (view.hold == Hold::None).then(|| progress_text(words, view)).flatten()
}

/// How far an upload is, in words.
pub(super) fn progress_text(words: Words, view: &ItemView) -> Option<String> {
    let progress = view.progress.as_ref()?;
    let (percent, sent) = (progress.percent().to_string(), words.size(progress.sent()));
    let total = words.size(progress.total());
    let places = [("percent", percent.as_str()), ("sent", &sent), ("total", &total)];
    Some(match progress.seconds_left().map(|seconds| words.time(seconds)) {
        Some(time) => {
            let [percent, sent, total] = places;
            words.fill(Text::ProgressLeft, &[percent, sent, total, ("time", &time)])
        }
        None => words.fill(Text::Progress, &places),
    })
}

/// Whether *try again* can help.
pub(super) fn may_retry(view: &ItemView) -> bool {
    match view.phase {
        PhaseName::Canceled | PhaseName::Failed => view.has_file,
        PhaseName::Error => {
            view.failure.as_ref().is_some_and(|failure| failure.retryable && !needs_file(view))
        }
        _ => false,
    }
}

/// Whether only choosing the file again can help.
pub(super) fn needs_file(view: &ItemView) -> bool {
    view.phase == PhaseName::Error
        && view.failure.as_ref().is_some_and(|failure| match failure.code {
            Code::FileUnreadable => true,
            Code::UploadExpired => !view.has_file,
            code => is_interrupted(code),
        })
}
