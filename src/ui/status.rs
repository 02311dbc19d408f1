//! A row's state in words and as an icon; colour alone never says anything.

use connect_attached_files_core::error::{Code, Stage};
use connect_attached_files_core::leftover::is_interrupted;
use connect_attached_files_core::phase::{Hold, Patience, PhaseName};
use connect_attached_files_core::progress::Progress;
use connect_attached_files_core::text::Text;
use connect_attached_files_core::warning::Warning;

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
        _ if view.hold == Hold::Paused => Tone::Neutral,
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
pub(super) fn phase_text(words: &Words, view: &ItemView) -> String {
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
        PhaseName::Deleting if view.may_restore => Text::PhaseDeletingSoon,
        PhaseName::Deleting | PhaseName::Deleted => Text::PhaseDeleting,
    });
    words.get(text)
}

/// What is to be said beside the state: the reason, or how far it is.
pub(super) fn detail_text(words: &Words, view: &ItemView) -> Option<String> {
    if !view.refusals.is_empty() {
        return Some(words.refusals(&view.refusals, view.size));
    }
    if let Some(failure) = &view.failure {
        return Some(words.failure(failure));
    }
    let progress = view.progress.as_ref().filter(|_| view.hold == Hold::None)?;
    Some(progress_text(words, progress))
}

/// How far an upload is, in words.
pub(super) fn progress_text(words: &Words, progress: &Progress) -> String {
    let (percent, sent) = (words.percent(progress.percent()), words.size(progress.sent()));
    let total = words.size(progress.total());
    let (speed, left) = (progress.bytes_per_second(), progress.seconds_left());
    let text = if left.is_some() { Text::ProgressLeft } else { Text::Progress };
    let speed = speed.map(|speed| words.speed(speed)).unwrap_or_default();
    let time = left.map(|left| words.time(left)).unwrap_or_default();
    let places = [
        ("percent", percent.as_str()),
        ("sent", &sent),
        ("total", &total),
        ("speed", &speed),
        ("time", &time),
    ];
    words.fill(text, &places)
}

/// What should be looked at before others do.
pub(super) fn warning_text(words: &Words, view: &ItemView) -> String {
    let mut text = String::new();
    for warning in &view.warnings {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&match warning {
            Warning::Duplicate => words.get(Text::WarnDuplicate),
            Warning::DoubleExtension => words.get(Text::WarnDoubleExtension),
            Warning::Content { found } => words.fill(Text::WarnContent, &[("found", found)]),
        });
    }
    text
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
